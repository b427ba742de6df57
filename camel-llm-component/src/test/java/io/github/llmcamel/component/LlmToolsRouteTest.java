/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.Tool;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.model.ToolChoice;
import io.github.llmcamel.model.ToolUse;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tools in routes, in both directions and every protocol, over real HTTP. */
class LlmToolsRouteTest extends CamelTestSupport {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final ToolCall BONN = new ToolCall("c1", "weather", "{\"city\":\"Bonn\"}");
  private static final ToolCall ROME = new ToolCall("c2", "weather", "{\"city\":\"Rome\"}");

  private static final String PARAMETERS =
      "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}";

  private static final String OPENAI_TOOLS =
      "[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"description\":\"The weather of a"
          + " city.\",\"parameters\":%s}}]".formatted(PARAMETERS);

  private static final Tool WEATHER =
      new Tool.Function("weather", "The weather of a city.", json(PARAMETERS));

  @RegisterExtension
  static final WireMockExtension server =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  /** The same conversation in three protocols. */
  enum Wire {
    OPENAI(
        "openai",
        OPENAI_TOOLS,
        """
        {"choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[
          {"id":"c1","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Bonn\\"}"}},
          {"id":"c2","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Rome\\"}"}}]},
          "finish_reason":"tool_calls"}]}
        """,
        """
        data: {"choices":[{"index":0,"delta":{"role":"assistant","content":null}}]}

        data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function",\
        "function":{"name":"weather","arguments":""}}]}}]}

        data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"c2","type":"function",\
        "function":{"name":"weather","arguments":"{\\"city\\""}}]}}]}

        data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,\
        "function":{"arguments":"{\\"city\\":\\"Bonn\\"}"}}]}}]}

        data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,\
        "function":{"arguments":":\\"Rome\\"}"}}]}}]}

        data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

        data: [DONE]

        """,
        """
        [{"role":"user","content":"Bonn or Rome?"},
         {"role":"assistant","content":null,"tool_calls":[
          {"id":"c1","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Bonn\\"}"}},
          {"id":"c2","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Rome\\"}"}}]},
         {"role":"tool","content":"9 degrees","tool_call_id":"c1"},
         {"role":"tool","content":"20 degrees","tool_call_id":"c2"}]
        """),
    OLLAMA(
        "ollama",
        OPENAI_TOOLS,
        """
        {"message":{"role":"assistant","content":"","tool_calls":[
          {"id":"c1","function":{"index":0,"name":"weather","arguments":{"city":"Bonn"}}},
          {"id":"c2","function":{"index":1,"name":"weather","arguments":{"city":"Rome"}}}]},
         "done":true,"done_reason":"stop"}
        """,
        """
        {"message":{"role":"assistant","content":"","tool_calls":[\
        {"id":"c1","function":{"index":0,"name":"weather","arguments":{"city":"Bonn"}}}]},"done":false}
        {"message":{"role":"assistant","content":"","tool_calls":[\
        {"id":"c2","function":{"index":1,"name":"weather","arguments":{"city":"Rome"}}}]},"done":false}
        {"message":{"role":"assistant","content":""},"done":true,"done_reason":"stop"}
        """,
        """
        [{"role":"user","content":"Bonn or Rome?"},
         {"role":"assistant","content":"","tool_calls":[
          {"id":"c1","function":{"name":"weather","arguments":{"city":"Bonn"}}},
          {"id":"c2","function":{"name":"weather","arguments":{"city":"Rome"}}}]},
         {"role":"tool","content":"9 degrees","tool_name":"weather","tool_call_id":"c1"},
         {"role":"tool","content":"20 degrees","tool_name":"weather","tool_call_id":"c2"}]
        """),
    ANTHROPIC(
        "anthropic",
        "[{\"name\":\"weather\",\"description\":\"The weather of a city.\",\"input_schema\":%s}]"
            .formatted(PARAMETERS),
        """
        {"content":[{"type":"tool_use","id":"c1","name":"weather","input":{"city":"Bonn"}},
                    {"type":"tool_use","id":"c2","name":"weather","input":{"city":"Rome"}}],
         "stop_reason":"tool_use"}
        """,
        """
        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"c1",\
        "name":"weather","input":{}}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta",\
        "partial_json":"{\\"city\\""}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta",\
        "partial_json":":\\"Bonn\\"}"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: content_block_start
        data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"c2",\
        "name":"weather","input":{}}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta",\
        "partial_json":"{\\"city\\":\\"Rome\\"}"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":1}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":9}}

        event: message_stop
        data: {"type":"message_stop"}

        """,
        """
        [{"role":"user","content":"Bonn or Rome?"},
         {"role":"assistant","content":[
          {"type":"tool_use","id":"c1","name":"weather","input":{"city":"Bonn"}},
          {"type":"tool_use","id":"c2","name":"weather","input":{"city":"Rome"}}]},
         {"role":"user","content":[
          {"type":"tool_result","tool_use_id":"c1","content":"9 degrees"},
          {"type":"tool_result","tool_use_id":"c2","content":"20 degrees"}]}]
        """);

    private final String provider;
    private final String definitions;
    private final String calls;
    private final String streamedCalls;
    private final String conversation;

    Wire(
        String provider,
        String definitions,
        String calls,
        String streamedCalls,
        String conversation) {
      this.provider = provider;
      this.definitions = definitions;
      this.calls = calls;
      this.streamedCalls = streamedCalls;
      this.conversation = conversation;
    }
  }

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        bindToRegistry("weather", WEATHER);
        for (Wire wire : Wire.values()) {
          String llm =
              "llm:%s?model=m&apiKey=k&baseUrl=%s".formatted(wire.provider, server.baseUrl());
          String tools = llm + "&tools=weather";
          from("direct:%s-text".formatted(wire.provider)).to(tools);
          from("direct:%s-response".formatted(wire.provider)).to(tools + "&outputFormat=response");
          from("direct:%s-openai".formatted(wire.provider)).to(tools + "&outputFormat=openai");
          from("direct:%s-aggregate".formatted(wire.provider))
              .to(tools + "&outputFormat=response&streamMode=aggregate");
          from("direct:%s-live".formatted(wire.provider)).to(tools + "&streamMode=live");
          from("direct:%s-none".formatted(wire.provider)).to(llm);
        }
        String openai = "llm:openai?model=m&apiKey=k&baseUrl=" + server.baseUrl();
        from("direct:bean").to(openai + "&tools=#bean:weather");
        from("direct:inline").to(openai + "&tools=RAW(%s)".formatted(OPENAI_TOOLS));
        from("direct:choice")
            .to(openai + "&tools=weather&toolChoice=weather&extra.parallel_tool_calls=false");
        from("direct:simulator")
            .to("llm:simulator?model=demo&tools=weather&toolChoice=required&outputFormat=response");
      }
    };
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void aConversationWithToolsGoesBothWays(Wire wire) {
    answer(wire.calls);
    ChatResponse response = ask(wire, "response", "Bonn or Rome?", ChatResponse.class);
    assertThat(sent().path("tools")).isEqualTo(tree(wire.definitions));
    assertThat(response.choices().get(0).toolCalls()).containsExactly(BONN, ROME);

    ask(wire, "response", continued(response), ChatResponse.class);
    assertThat(sent().path("messages")).isEqualTo(tree(wire.conversation));
    assertThat(sent().path("tools")).isEqualTo(tree(wire.definitions));
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void fragmentsOfParallelCallsAreAssembled(Wire wire) {
    answer(wire.streamedCalls);

    ChatResponse response = ask(wire, "aggregate", "Bonn or Rome?", ChatResponse.class);

    assertThat(response.choices().get(0).toolCalls()).containsExactly(BONN, ROME);
    assertThat(requireNonNull(response.finishReason()).word()).isEqualTo("tool_calls");
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void callsAreNoTextOfALiveAnswerButKnownAtItsEnd(Wire wire) {
    answer(wire.streamedCalls);

    LlmStream<?> stream = ask(wire, "live", "Bonn or Rome?", LlmStream.class);

    assertThat(stream).isExhausted();
    assertThat(requireNonNull(stream.getResponse()).choices().get(0).toolCalls())
        .containsExactly(BONN, ROME);
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void callsComeOutInOpenAisFormAndGoBackIn(Wire wire) {
    answer(wire.calls);
    JsonNode completion = tree(ask(wire, "openai", "Bonn or Rome?", String.class));
    JsonNode said = completion.path("choices").get(0).path("message");

    assertThat(said.path("tool_calls"))
        .isEqualTo(
            tree(Wire.OPENAI.calls).path("choices").get(0).path("message").path("tool_calls"));
    assertThat(completion.path("choices").get(0).path("finish_reason").textValue())
        .isEqualTo("tool_calls");

    ObjectNode next = JSON.createObjectNode();
    next.putArray("messages")
        .add(tree("{\"role\":\"user\",\"content\":\"Bonn or Rome?\"}"))
        .add(said)
        .add(tree("{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"9 degrees\"}"))
        .add(tree("{\"role\":\"tool\",\"tool_call_id\":\"c2\",\"content\":\"20 degrees\"}"));
    ask(wire, "text", next, String.class);

    assertThat(sent().path("messages")).isEqualTo(tree(wire.conversation));
  }

  @Test
  void textIsEmptyAndTheFinishReasonSaysWhy() {
    answer(Wire.OPENAI.calls);

    Exchange result = template.request("direct:openai-text", e -> e.getMessage().setBody("Hi."));

    assertThat(result.getMessage().getBody()).isEqualTo("");
    assertThat(result.getMessage().getHeader("CamelLlmFinishReason")).isEqualTo("tool_calls");
  }

  @Test
  void headersBringToolsAndOverrideOptionsForOneCall() {
    answer(Wire.OPENAI.calls);
    Tool clock = new Tool.Function("clock", null, null);
    JsonNode clocks = tree("[{\"type\":\"function\",\"function\":{\"name\":\"clock\"}}]");

    for (Object header :
        List.of(
            clock,
            List.of(clock),
            ToolUse.of(clock),
            List.of(json(clocks.get(0).toString())),
            clocks.toString())) {
      Exchange result =
          template.request(
              "direct:openai-text",
              e -> {
                e.getMessage().setBody("Hi.");
                e.getMessage().setHeader("CamelLlmTools", header);
                e.getMessage().setHeader("CamelLlmToolChoice", "required");
              });

      assertThat(sent().path("tools")).isEqualTo(clocks);
      assertThat(sent().path("tool_choice").textValue()).isEqualTo("required");
      assertThat(result.getMessage().getHeaders())
          .doesNotContainKeys("CamelLlmTools", "CamelLlmToolChoice");
    }
  }

  @Test
  void aHeaderNeverNamesABeanOrAResource() {
    for (String header : List.of("weather", "resource:classpath:tools.json")) {
      assertThatThrownBy(
              () ->
                  template.requestBodyAndHeader(
                      "direct:openai-none", "Hi.", "CamelLlmTools", header))
          .cause()
          .isInstanceOf(LlmRequestException.class)
          .hasMessageContaining("The header CamelLlmTools is no JSON");
    }
  }

  @Test
  void aChoiceOfAHeaderThatNoToolIsCalledIsNotSent() {
    assertThatThrownBy(
            () ->
                template.requestBodyAndHeader(
                    "direct:openai-text", "Hi.", "CamelLlmToolChoice", "wether"))
        .cause()
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining("toolChoice is 'wether', which none of the tools is called");
  }

  @Test
  void aToolOfABodyThatHasNoNameIsNotSent() {
    ObjectNode body = JSON.createObjectNode();
    body.putArray("messages").add(tree("{\"role\":\"user\",\"content\":\"Hi.\"}"));
    body.putArray("tools").add(tree("{\"type\":\"function\"}"));

    assertThatThrownBy(() -> template.requestBody("direct:openai-none", body))
        .cause()
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining("tools holds a tool without function.name");
  }

  @Test
  void aRequestAsBodyGoesBeforeTheOptionsAndMayTakeTheirTools() {
    answer(Wire.OPENAI.calls);
    Tool clock = new Tool.Function("clock", null, null);

    ask(Wire.OPENAI, "text", request(ToolUse.of(clock)), String.class);
    assertThat(sent().path("tools").get(0).path("function").path("name").textValue())
        .isEqualTo("clock");
    assertThat(sent().has("tool_choice")).isFalse();

    ask(Wire.OPENAI, "text", request(new ToolUse(List.of(), ToolChoice.NONE, null)), String.class);
    assertThat(sent().path("tools")).isEqualTo(tree(OPENAI_TOOLS));
    assertThat(sent().path("tool_choice").textValue()).isEqualTo("none");
  }

  @Test
  void referencesAndInlineDefinitionsAreOptionsToo() {
    answer(Wire.OPENAI.calls);
    for (String endpoint : List.of("direct:bean", "direct:inline")) {
      template.requestBody(endpoint, "Hi.");

      assertThat(sent().path("tools")).isEqualTo(tree(OPENAI_TOOLS));
    }
  }

  @Test
  void howToolsAreUsedIsSent() {
    answer(Wire.OPENAI.calls);

    template.requestBody("direct:choice", "Hi.");

    assertThat(sent().path("tool_choice"))
        .isEqualTo(tree("{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}"));
    assertThat(sent().path("parallel_tool_calls").booleanValue()).isFalse();
    assertThat(sent().has("parallel_tool_calls")).isTrue();
  }

  @Test
  void theSimulatorCallsTheToolThatItHasToAndThenAnswers() {
    String question = "City: Bonn";
    ChatResponse asks = template.requestBody("direct:simulator", question, ChatResponse.class);

    ToolCall call = asks.choices().get(0).toolCalls().get(0);
    assertThat(call.name()).isEqualTo("weather");
    assertThat(json(call.arguments())).containsEntry("city", "Bonn");

    List<Message> conversation =
        List.of(
            Message.user(question),
            new Message.Assistant(List.of(), List.of(call)),
            new Message.ToolResult(call.id(), null, List.of(new Part.Text("9 degrees"))));
    ChatResponse answers =
        template.requestBody("direct:simulator", conversation, ChatResponse.class);
    assertThat(answers.text()).startsWith("[simulated]");
    assertThat(answers.choices().get(0).toolCalls()).isEmpty();
  }

  private static ChatRequest request(ToolUse use) {
    return ChatRequest.of("Hi.").toBuilder().tools(use).build();
  }

  private static List<Message> continued(ChatResponse response) {
    return List.of(
        Message.user("Bonn or Rome?"),
        new Message.Assistant(List.of(), response.choices().get(0).toolCalls()),
        new Message.ToolResult("c1", null, List.of(new Part.Text("9 degrees"))),
        new Message.ToolResult("c2", null, List.of(new Part.Text("20 degrees"))));
  }

  private <T> T ask(Wire wire, String form, Object body, Class<T> type) {
    return template.requestBody("direct:%s-%s".formatted(wire.provider, form), body, type);
  }

  private static void answer(String body) {
    String type =
        body.startsWith("data:") || body.startsWith("event:")
            ? "text/event-stream"
            : body.contains("\"done\":false") ? "application/x-ndjson" : "application/json";
    server.stubFor(
        post(anyUrl()).willReturn(aResponse().withHeader("Content-Type", type).withBody(body)));
  }

  private static JsonNode sent() {
    return tree(server.getAllServeEvents().get(0).getRequest().getBodyAsString());
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @SuppressWarnings("unchecked") // a JSON object
  private static Map<String, Object> json(String json) {
    return JSON.convertValue(tree(json), Map.class);
  }
}
