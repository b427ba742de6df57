/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.examples.launch.CannotStartException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients speak OpenAI's protocol, whatever the provider speaks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherProtocolsTest {

  private static final String REQUEST =
      """
      {"model": "m", "stream": %s, "stream_options": {"include_usage": true}, "max_tokens": 50, "stop": "END",
       "messages": [
         {"role": "system", "content": "Be brief."},
         {"role": "user", "content": [{"type": "text", "text": "Weather?"}, {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}]},
         {"role": "assistant", "content": null, "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "weather", "arguments": "{\\"city\\":\\"Oslo\\"}"}}]},
         {"role": "tool", "tool_call_id": "call_1", "content": "Rain"}],
       "tools": [{"type": "function", "function": {"name": "weather", "description": "Weather of a city", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}}]}
      """;

  @TempDir private static Path folder;
  @RegisterExtension private static final Upstream UPSTREAM = new Upstream();

  private RunningGateway gateway;

  private enum Protocol {
    ANTHROPIC(
        """
        {"id":"msg_1","type":"message","role":"assistant","model":"real","stop_reason":"tool_use","content":[
           {"type":"text","text":"Let me look."},
           {"type":"tool_use","id":"toolu_1","name":"weather","input":{"city":"Rome"}}],
         "usage":{"input_tokens":40,"output_tokens":24}}
        """,
        """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"real","content":[],"stop_reason":null,"usage":{"input_tokens":40,"output_tokens":1}}}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Let me "}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"look."}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: content_block_start
        data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"weather","input":{}}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"city\\":"}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"\\"Rome\\"}"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":1}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":24}}

        event: message_stop
        data: {"type":"message_stop"}

        """,
        "/tools/0/input_schema/properties/city/type",
        "/messages/2/content/0/content"),
    GEMINI(
        """
        {"candidates":[{"index":0,"finishReason":"STOP","content":{"role":"model","parts":[
           {"text":"Let me look."},{"functionCall":{"name":"weather","args":{"city":"Rome"}}}]}}],
         "usageMetadata":{"promptTokenCount":40,"candidatesTokenCount":24,"totalTokenCount":64},"modelVersion":"real","responseId":"r-1"}
        """,
        """
        data: {"candidates":[{"content":{"parts":[{"text":"Let me "}],"role":"model"}}],"modelVersion":"real","responseId":"r-1"}

        data: {"candidates":[{"content":{"parts":[{"text":"look."},{"functionCall":{"name":"weather","args":{"city":"Rome"}}}],"role":"model"}}],"modelVersion":"real","responseId":"r-1"}

        data: {"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":40,"candidatesTokenCount":24,"totalTokenCount":64},"modelVersion":"real","responseId":"r-1"}

        """,
        "/tools/0/functionDeclarations/0/parametersJsonSchema/properties/city/type",
        "/contents/2/parts/0/functionResponse/response/result"),
    OLLAMA(
        """
        {"model":"real","created_at":"2026-11-22T10:00:00Z","message":{"role":"assistant","content":"Let me look.",
           "tool_calls":[{"id":"call_a","function":{"index":0,"name":"weather","arguments":{"city":"Rome"}}}]},
         "done":true,"done_reason":"stop","prompt_eval_count":40,"eval_count":24}
        """,
        """
        {"model":"real","created_at":"2026-11-22T10:00:00Z","message":{"role":"assistant","content":"Let me "},"done":false}
        {"model":"real","created_at":"2026-11-22T10:00:01Z","message":{"role":"assistant","content":"look.","tool_calls":[{"id":"call_a","function":{"index":0,"name":"weather","arguments":{"city":"Rome"}}}]},"done":false}
        {"model":"real","created_at":"2026-11-22T10:00:03Z","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":40,"eval_count":24}
        """,
        "/tools/0/function/parameters/properties/city/type",
        "/messages/3/content");

    private final String whole;
    private final String stream;
    private final String typeOfCity;
    private final String result;

    /**
     * @param typeOfCity where the request has a part of the tool's schema
     * @param result where it has the result of the tool
     */
    Protocol(String whole, String stream, String typeOfCity, String result) {
      this.whole = whole;
      this.stream = stream;
      this.typeOfCity = typeOfCity;
      this.result = result;
    }

    private String provider() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @BeforeAll
  void start() throws CannotStartException {
    List<String> lines = new ArrayList<>();
    for (Protocol protocol : Protocol.values()) {
      lines.add(Upstream.baseUrl(protocol.provider(), UPSTREAM.url(protocol.provider())));
      lines.add("gateway.models[%1$s]=llm:%1$s?model=m".formatted(protocol.provider()));
    }
    gateway = RunningGateway.start(folder, lines.toArray(String[]::new));
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @EnumSource
  void aWholeAnswerHasOpenAisShape(Protocol protocol) {
    UPSTREAM.answers(protocol.provider(), 200, protocol.whole);

    Reply reply = ask(protocol, false);

    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    JsonNode answer = reply.json();
    assertThat(answer.path("object").asText()).isEqualTo("chat.completion");
    assertThat(answer.path("id").asText()).isNotEmpty();
    assertThat(answer.path("created").isIntegralNumber()).isTrue();
    assertThat(answer.path("model").asText()).isEqualTo("real");
    assertThat(answer.path("choices")).hasSize(1);
    JsonNode choice = answer.path("choices").path(0);
    assertThat(choice.path("finish_reason").asText()).isEqualTo("tool_calls");
    assertThat(choice.path("message").path("role").asText()).isEqualTo("assistant");
    assertThat(choice.path("message").path("content").asText()).isEqualTo("Let me look.");
    JsonNode call = choice.path("message").path("tool_calls").path(0);
    assertThat(call.path("id").asText()).isNotEmpty();
    assertThat(call.path("type").asText()).isEqualTo("function");
    assertThat(call.path("function").path("name").asText()).isEqualTo("weather");
    assertThat(call.path("function").path("arguments").asText()).isEqualTo("{\"city\":\"Rome\"}");
    counts(answer);
    asked(protocol);
  }

  @ParameterizedTest
  @EnumSource
  void aStreamHasOpenAisShape(Protocol protocol) {
    UPSTREAM.answers(protocol.provider(), Upstream.events(protocol.stream));

    List<JsonNode> chunks = ask(protocol, true).chunks();

    assertThat(chunks)
        .allMatch(chunk -> chunk.path("object").asText().equals("chat.completion.chunk"))
        .extracting(chunk -> chunk.path("id").asText() + chunk.path("created"))
        .doesNotContain("")
        .containsOnly(chunks.get(0).path("id").asText() + chunks.get(0).path("created"));
    List<JsonNode> choices =
        chunks.stream()
            .filter(chunk -> !chunk.path("choices").isEmpty())
            .map(chunk -> chunk.path("choices").path(0))
            .toList();
    List<JsonNode> deltas = choices.stream().map(choice -> choice.path("delta")).toList();
    assertThat(deltas).filteredOn(delta -> delta.has("role")).containsExactly(deltas.get(0));
    assertThat(joined(deltas, "/content")).isEqualTo("Let me look.");
    assertThat(joined(deltas, "/tool_calls/0/function/name")).isEqualTo("weather");
    assertThat(joined(deltas, "/tool_calls/0/function/arguments")).isEqualTo("{\"city\":\"Rome\"}");
    assertThat(choices.stream().map(choice -> choice.path("finish_reason").textValue()))
        .filteredOn(Objects::nonNull)
        .containsExactly("tool_calls");
    assertThat(chunks).filteredOn(chunk -> chunk.hasNonNull("usage")).hasSize(1);
    counts(chunks.get(chunks.size() - 1));
    asked(protocol);
  }

  private static void counts(JsonNode answer) {
    assertThat(answer.path("usage").path("prompt_tokens").asInt()).isEqualTo(40);
    assertThat(answer.path("usage").path("completion_tokens").asInt()).isEqualTo(24);
    assertThat(answer.path("usage").path("total_tokens").asInt()).isEqualTo(64);
  }

  private static String joined(List<JsonNode> deltas, String pointer) {
    return deltas.stream().map(delta -> delta.at(pointer).asText("")).reduce("", String::concat);
  }

  private static void asked(Protocol protocol) {
    JsonNode sent = UPSTREAM.received(protocol.provider());
    assertThat(sent.at(protocol.typeOfCity).asText()).as(sent.toString()).isEqualTo("string");
    assertThat(sent.at(protocol.result).asText()).as(sent.toString()).isEqualTo("Rain");
    assertThat(sent.toString()).contains("iVBORw0KGgo=", "Be brief.", "END");
    assertThat(Pattern.compile("stream_options|include_usage").matcher(sent.toString()).find())
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void anErrorHasOpenAisShape(Protocol protocol) {
    String error =
        switch (protocol) {
          case ANTHROPIC ->
              "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}";
          case GEMINI ->
              "{\"error\":{\"code\":503,\"message\":\"Overloaded\",\"status\":\"UNAVAILABLE\"}}";
          case OLLAMA -> "{\"error\":\"Overloaded\"}";
        };
    UPSTREAM.answers(protocol.provider(), protocol == Protocol.ANTHROPIC ? 529 : 503, error);

    Reply reply = ask(protocol, true);

    assertThat(reply.status()).isEqualTo(protocol == Protocol.ANTHROPIC ? 502 : 503);
    assertThat(reply.error().path("type").asText()).isEqualTo("server_error");
    assertThat(reply.error().path("message").asText()).contains("Overloaded");
  }

  private Reply ask(Protocol protocol, boolean stream) {
    return gateway.chat(
        REQUEST.formatted(stream).replace("\"m\"", "\"%s\"".formatted(protocol.provider())));
  }
}
