/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.codec.ToolArguments;
import io.github.llmcamel.component.LlmComponent;
import io.github.llmcamel.component.LlmConstants;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.ResponseFormat;
import io.github.llmcamel.model.Sampling;
import io.github.llmcamel.model.Tool;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.model.ToolChoice;
import io.github.llmcamel.model.ToolUse;
import io.github.llmcamel.provider.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tools there and back at real servers. The tiny model calls one only if it is led to it: by the
 * beginning of a call in its own words, or, at Ollama, by a schema of its answer.
 */
class RealToolsIT extends CamelTestSupport {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Message QUESTION = Message.user("What is the weather in Linz?");
  private static final Message LED = Message.assistant("<tool_call>\n");
  private static final Tool WEATHER =
      new Tool.Function(
          "weather",
          "Tells the weather in a city.",
          Map.of(
              "type",
              "object",
              "properties",
              Map.of("city", Map.of("type", "string", "maxLength", 20)),
              "required",
              List.of("city")));
  private static final Map<String, Object> CALL_OF_THE_TOOL =
      Map.of(
          "type",
          "object",
          "properties",
          Map.of(
              "name",
              Map.of("enum", List.of("weather")),
              "parameters",
              Map.of(
                  "type",
                  "object",
                  "properties",
                  Map.of("city", Map.of("type", "string", "maxLength", 20)),
                  "required",
                  List.of("city"))),
          "required",
          List.of("name", "parameters"));

  /** Not Ollama in Anthropic's protocol, where it reads no schema and so calls no tool. */
  static List<RealServer> servers() {
    return RealServer.all().stream()
        .filter(
            server -> !(server.name().equals("ollama") && server.protocol() == Protocol.ANTHROPIC))
        .toList();
  }

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext created = super.createCamelContext();
    LlmComponent component = new LlmComponent();
    component.getConfiguration().setFirstByteTimeout(PATIENCE);
    component.getConfiguration().setIdleTimeout(PATIENCE);
    created.addComponent("llm", component);
    return created;
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aCallComesBackAndItsResultIsAnswered(RealServer server) {
    for (String mode : List.of("", "&streamMode=aggregate")) {
      Exchange called = ask(server, request(server), mode);

      assertThat(called.getException()).isNull();
      ChatResponse.Choice choice = called.getMessage().getBody(ChatResponse.class).choices().get(0);
      assertThat(choice.toolCalls()).as("calls of " + choice.text()).isNotEmpty();
      ToolCall call = choice.toolCalls().get(0);
      assertThat(call.name()).isEqualTo("weather");
      assertThat(call.id()).isNotEmpty();
      assertThat(called.getMessage().getHeader(LlmConstants.FINISH_REASON))
          .isIn("tool_calls", "length");

      if (ToolArguments.areValid(call)) {
        List<Message> told = new ArrayList<>(List.of(QUESTION));
        told.add(new Message.Assistant(List.of(), List.of(call)));
        told.add(
            new Message.ToolResult(
                call.id(), call.name(), List.of(new Part.Text("Sunny, 20 degrees."))));
        ChatRequest next = ChatRequest.builder().messages(told).tools(ToolUse.of(WEATHER)).build();
        Exchange answered = ask(server, next, mode + "&maxTokens=8");
        assertThat(answered.getException()).isNull();
        assertThat(answered.getMessage().getBody(ChatResponse.class).choices()).isNotEmpty();
      }
    }
  }

  private static ChatRequest request(RealServer server) {
    ChatRequest.Builder request =
        ChatRequest.builder()
            .message(QUESTION)
            .sampling(new Sampling(0.0, null, null, 60, List.of(), null, null, null, null, null));
    return server.name().equals("ollama")
        ? request
            .tools(ToolUse.of(WEATHER))
            .responseFormat(new ResponseFormat.JsonSchema("call", CALL_OF_THE_TOOL, null, null))
            .build()
        : request
            .message(LED)
            .tools(new ToolUse(List.of(WEATHER), ToolChoice.REQUIRED, null))
            .build();
  }

  private Exchange ask(RealServer server, ChatRequest request, String options) {
    context.getComponent("llm", LlmComponent.class).setProviders(server.providers());
    return template.request(
        "llm:%s?model=%s&outputFormat=response%s".formatted(server.name(), server.model(), options),
        exchange -> {
          exchange.setPattern(ExchangePattern.InOut);
          exchange.getMessage().setBody(request);
        });
  }
}
