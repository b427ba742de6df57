/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.llmcamel.examples.launch.CannotStartException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sends reaches the provider, and what the provider answers reaches the client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PassThroughTest {

  /** Everything that OpenAI's API has, and what it has not. */
  private static final String EVERYTHING =
      """
      {"model": "any-model",
       "messages": [
         {"role": "system", "name": "house", "content": "Be brief. \\u00e4\\ud83d\\ude00"},
         {"role": "developer", "content": [
           {"type": "text", "text": "Be kind."},
           {"type": "text", "text": "Be true.", "cache_control": {"type": "ephemeral"}}]},
         {"role": "user", "name": "ann", "content": [
           {"type": "text", "text": "What is this?"},
           {"type": "image_url", "image_url": {"url": "https://example.com/a.png", "detail": "low"}, "cache_control": {"type": "ephemeral"}},
           {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}},
           {"type": "input_audio", "input_audio": {"data": "UklGRg==", "format": "wav"}},
           {"type": "file", "file": {"file_id": "file-1"}},
           {"type": "of_tomorrow", "of_tomorrow": {"a": [1, {"b": null}]}}]},
         {"role": "assistant", "content": null, "tool_calls": [
           {"id": "call_1", "type": "function", "function": {"name": "weather", "arguments": "{\\"city\\":\\"Oslo\\"}"},
            "extra_content": {"google": {"thought_signature": "c2ln"}}},
           {"id": "call_2", "type": "function", "function": {"name": "weather", "arguments": "{\\"city\\":\\"Rome\\"}"}},
           {"id": "call_3", "type": "custom", "custom": {"name": "code", "input": "print(1)"}}]},
         {"role": "tool", "tool_call_id": "call_1", "content": "Rain"},
         {"role": "tool", "tool_call_id": "call_2", "content": [{"type": "text", "text": "Sun"}]},
         {"role": "tool", "tool_call_id": "call_3", "content": "1", "x_vendor": true},
         {"role": "assistant", "name": "bot", "content": "It rains in Oslo.", "reasoning_content": "Hm."},
         {"role": "assistant", "content": null, "refusal": "No."},
         {"role": "user", "content": "Thanks"}],
       "tools": [
         {"type": "function", "function": {"name": "weather", "description": "Tells the weather.", "strict": true,
           "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"], "additionalProperties": false}}},
         {"type": "function", "function": {"name": "nothing", "x_vendor": 1}, "cache_control": {"type": "ephemeral"}},
         {"type": "custom", "custom": {"name": "code", "format": {"type": "text"}}}],
       "tool_choice": {"type": "function", "function": {"name": "weather"}},
       "parallel_tool_calls": false,
       "response_format": {"type": "json_schema", "x_vendor": 1, "json_schema": {"name": "answer", "strict": true, "description": "An answer.",
         "schema": {"type": "object", "properties": {"text": {"type": "string"}}, "$defs": {"x": {"enum": [1, 2.5, null]}}}}},
       "seed": 9007199254740993,
       "logprobs": true, "top_logprobs": 5, "n": 2, "stop": ["END", "\\n"], "max_tokens": 100,
       "temperature": 0.25, "top_p": 0.5, "frequency_penalty": -1.5, "presence_penalty": 1.5,
       "logit_bias": {"50256": -100}, "reasoning_effort": "low", "user": "user-1",
       "metadata": {"team": "a", "run": "7"}, "store": false, "service_tier": "flex", "modalities": ["text"],
       "unknown": {"nested": [{"deep": {"number": 0.1, "nothing": null, "big": 12345678901234567890}}]},
       "top_k": 40, "min_p": 0.05}
      """;

  @TempDir private static Path folder;
  @RegisterExtension private static final Upstream UPSTREAM = new Upstream();

  private RunningGateway gateway;

  @BeforeAll
  void start() throws CannotStartException {
    List<String> lines = new ArrayList<>(List.of(UPSTREAM.providers("a")));
    lines.add("gateway.models[*]=llm:a");
    lines.add(
        "gateway.models[official]=llm:openai?model=gpt-x&apiKey=secret-of-official&baseUrl="
            + UPSTREAM.openAi("official"));
    gateway = RunningGateway.start(folder, lines.toArray(String[]::new));
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void aRequestReachesTheProviderAsTheClientSentIt() {
    UPSTREAM.says("a", "Hello");

    Reply reply = gateway.chat(EVERYTHING);

    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(UPSTREAM.received("a")).isEqualTo(JsonText.read(EVERYTHING));
  }

  @Test
  void aStreamedRequestDoesToo() {
    UPSTREAM.streamsText("a", "Hello");
    ObjectNode sent = (ObjectNode) JsonText.read(EVERYTHING);
    sent.put("stream", true).putObject("stream_options").put("include_obfuscation", false);

    gateway.chat(sent.toString()).chunks();

    sent.withObject("/stream_options").put("include_usage", true);
    assertThat(UPSTREAM.received("a")).isEqualTo(sent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"tool_choice\": \"auto\"",
        "\"tool_choice\": \"none\"",
        "\"tool_choice\": \"required\"",
        "\"tool_choice\": {\"type\": \"allowed_tools\", \"allowed_tools\": {\"mode\": \"auto\", \"tools\": []}}",
        "\"response_format\": {\"type\": \"text\"}",
        "\"response_format\": {\"type\": \"json_object\"}",
        "\"response_format\": {\"type\": \"grammar\", \"grammar\": \"root ::= x\"}",
        "\"n\": 1",
        "\"logprobs\": false",
        "\"seed\": -1",
        "\"temperature\": 0",
        "\"extra_body\": {\"a\": {\"b\": [true]}}",
        "\"web_search_options\": {}",
        "\"prediction\": {\"type\": \"content\", \"content\": \"x\"}"
      })
  void eachMemberPassesByItself(String member) {
    UPSTREAM.says("a", "Hello");
    String sent = request(member);

    Reply reply = gateway.chat(sent);

    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(JsonText.areEqual(UPSTREAM.received("a"), JsonText.read(sent)))
        .as(UPSTREAM.received("a").toString())
        .isTrue();
  }

  @Test
  void oneTextThatEndsTheAnswerIsAListOfOne() {
    UPSTREAM.says("a", "Hello");

    gateway.chat(request("\"stop\": \"END\""));

    assertThat(UPSTREAM.received("a").path("stop")).hasToString("[\"END\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"max_tokens", "max_completion_tokens"})
  void aLimitIsWrittenAsTheProviderNamesIt(String member) {
    UPSTREAM.says("a", "Hello");
    UPSTREAM.says("official", "Hello");

    gateway.chat(request("\"%s\": 7".formatted(member)));
    gateway.chat(request("\"%s\": 7".formatted(member)).replace("any-model", "official"));

    assertThat(UPSTREAM.received("a").path("max_tokens").asInt()).isEqualTo(7);
    JsonNode official = UPSTREAM.received("official");
    assertThat(official.path("max_completion_tokens").asInt()).isEqualTo(7);
    assertThat(official.has("max_tokens")).isFalse();
    assertThat(official.path("model").asText()).isEqualTo("gpt-x");
  }

  @Test
  void theProviderIsShownTheGatewaysKeyAndNoHeaderOfTheClientButTheIdempotencyKey() {
    UPSTREAM.says("a", "Hello");

    gateway.chat(
        request("\"n\": 1"),
        "Idempotency-Key",
        "once",
        "Authorization",
        "Bearer sk-of-the-client",
        "Cookie",
        "session=1",
        "OpenAI-Organization",
        "org",
        "baggage",
        "secret=1",
        "CamelLlmModel",
        "other",
        "x-api-key",
        "of-the-client");

    LoggedRequest request = UPSTREAM.requests("a").get(0);
    assertThat(request.getHeader("Authorization")).isEqualTo("Bearer " + Upstream.secret("a"));
    assertThat(request.getHeader("Idempotency-Key")).isEqualTo("once");
    assertThat(request.getHeaders().keys().stream().map(String::toLowerCase))
        .doesNotContain("cookie", "openai-organization", "baggage", "camelllmmodel", "x-api-key");
    assertThat(UPSTREAM.received("a").path("model").asText()).isEqualTo("any-model");
  }

  @Test
  void aWholeAnswerIsComplete() {
    JsonNode upstream =
        JsonText.read(
            """
        {"id": "chatcmpl-7", "object": "chat.completion", "created": 1700000001, "model": "real", "system_fingerprint": "fp",
         "service_tier": "flex", "x_vendor": {"region": "eu"},
         "choices": [
           {"index": 0, "finish_reason": "tool_calls", "logprobs": null,
            "message": {"role": "assistant", "content": null, "refusal": null, "reasoning_content": "Hm.", "tool_calls": [
              {"id": "call_1", "type": "function", "function": {"name": "weather", "arguments": "{\\"city\\":\\"Oslo\\"}"}},
              {"id": "call_2", "type": "custom", "custom": {"name": "code", "input": "print(1)"}}]}},
           {"index": 1, "finish_reason": "stop", "content_filter_results": {"hate": {"filtered": false}},
            "logprobs": {"content": [{"token": "Hi", "logprob": -0.5, "bytes": [72, 105], "top_logprobs": [{"token": "Hi", "logprob": -0.5, "bytes": null}]}], "refusal": null},
            "message": {"role": "assistant", "content": "Hi", "refusal": null, "annotations": [
              {"type": "url_citation", "url_citation": {"start_index": 0, "end_index": 2, "title": "T", "url": "https://example.com"}}],
              "audio": {"id": "audio_1", "data": "UklGRg==", "expires_at": 1700000099, "transcript": "Hi"}}},
           {"index": 2, "finish_reason": "length", "logprobs": null,
            "message": {"role": "assistant", "content": null, "refusal": "No."}}],
         "usage": {"prompt_tokens": 10, "completion_tokens": 20, "total_tokens": 30,
           "prompt_tokens_details": {"cached_tokens": 4, "audio_tokens": 0},
           "completion_tokens_details": {"reasoning_tokens": 6, "accepted_prediction_tokens": 1}, "cost": 0.5}}
        """);
    UPSTREAM.answers("a", 200, upstream.toString());

    assertThat(gateway.chat(request("\"n\": 3")).json()).isEqualTo(upstream);
  }

  @Test
  void aStreamOfSeveralChoicesIsComplete() {
    UPSTREAM.streams(
        "a",
        choice(0, "{\"role\":\"assistant\",\"content\":\"\"}", "null"),
        choice(1, "{\"role\":\"assistant\",\"content\":\"\"}", "null"),
        choice(0, "{\"reasoning_content\":\"Hm.\"}", "null"),
        choice(0, "{\"content\":\"Hel\"}", "null"),
        choice(1, "{\"refusal\":\"No\"}", "null"),
        choice(0, "{\"role\":\"assistant\",\"content\":\"lo\"}", "null"),
        choice(1, "{\"refusal\":\".\"}", "\"stop\""),
        choice(0, "{}", "\"length\""),
        "{\"id\":\"c-2\",\"created\":1700000009,\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}");

    List<JsonNode> chunks = gateway.chat(request("\"n\": 2, \"stream\": true")).chunks();

    assertThat(chunks)
        .allMatch(chunk -> chunk.path("object").asText().equals("chat.completion.chunk"))
        .extracting(
            chunk -> chunk.path("id").asText() + chunk.path("created") + chunk.path("model"))
        .containsOnly("c-11700000000\"real\"");
    assertThat(joined(chunks, 0, "reasoning_content")).isEqualTo("Hm.");
    assertThat(joined(chunks, 0, "content")).isEqualTo("Hello");
    assertThat(joined(chunks, 1, "refusal")).isEqualTo("No.");
    for (int index : new int[] {0, 1}) {
      assertThat(deltas(chunks, index)).filteredOn(delta -> delta.has("role")).hasSize(1);
      assertThat(deltas(chunks, index).get(0).path("role").asText()).isEqualTo("assistant");
    }
    assertThat(finishReasons(chunks, 0)).containsExactly("length");
    assertThat(finishReasons(chunks, 1)).containsExactly("stop");
    assertThat(chunks).noneMatch(chunk -> chunk.has("usage"));
  }

  @Test
  void aStreamOfToolCallsIsComplete() {
    UPSTREAM.streams(
        "a",
        choice(
            0,
            "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"\"}}]}",
            "null"),
        choice(
            0,
            "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"city\\\":\"}}]}",
            "null"),
        choice(
            0,
            "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"\\\"Oslo\\\"}\"}}]}",
            "null"),
        choice(
            0,
            "{\"tool_calls\":[{\"index\":1,\"id\":\"call_2\",\"type\":\"function\",\"function\":{\"name\":\"time\",\"arguments\":\"{}\"}}]}",
            "null"),
        choice(0, "{}", "\"tool_calls\""));

    List<JsonNode> chunks = gateway.chat(request("\"stream\": true")).chunks();

    List<JsonNode> calls =
        deltas(chunks, 0).stream()
            .flatMap(delta -> StreamSupport.stream(delta.path("tool_calls").spliterator(), false))
            .toList();
    assertThat(calls).filteredOn(call -> call.has("id")).hasSize(2);
    assertThat(calls.get(0).path("id").asText()).isEqualTo("call_1");
    assertThat(calls.get(0).path("type").asText()).isEqualTo("function");
    assertThat(calls.get(0).path("function").path("name").asText()).isEqualTo("weather");
    assertThat(arguments(calls, 0)).isEqualTo("{\"city\":\"Oslo\"}");
    assertThat(arguments(calls, 1)).isEqualTo("{}");
    assertThat(finishReasons(chunks, 0)).containsExactly("tool_calls");
  }

  @Test
  void aStreamedCallOfACustomToolIsComplete() {
    UPSTREAM.streams(
        "a",
        choice(
            0,
            "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"custom\",\"custom\":{\"name\":\"code\",\"input\":\"\"}}]}",
            "null"),
        choice(0, "{\"tool_calls\":[{\"index\":0,\"custom\":{\"input\":\"print(\"}}]}", "null"),
        choice(0, "{\"tool_calls\":[{\"index\":0,\"custom\":{\"input\":\"1)\"}}]}", "null"),
        choice(0, "{}", "\"tool_calls\""));

    List<JsonNode> chunks = gateway.chat(request("\"stream\": true")).chunks();

    List<JsonNode> calls =
        deltas(chunks, 0).stream()
            .map(delta -> delta.path("tool_calls").path(0))
            .filter(JsonNode::isObject)
            .toList();
    assertThat(calls.get(0))
        .isEqualTo(
            JsonText.read(
                "{\"index\":0,\"id\":\"call_1\",\"type\":\"custom\",\"custom\":{\"name\":\"code\",\"input\":\"\"}}"));
    assertThat(calls).noneMatch(call -> call.has("function"));
    assertThat(calls)
        .extracting(call -> call.path("custom").path("input").asText())
        .containsExactly("", "print(", "1)");
  }

  @Test
  void aStreamBringsWhatTheGatewayHasNoNameFor() {
    UPSTREAM.streams(
        "a",
        choice(0, "{\"role\":\"assistant\",\"content\":\"Hi\"}", "null")
            .replace("\"choices\"", "\"system_fingerprint\":\"fp\",\"choices\"")
            .replace("\"delta\"", "\"content_filter_results\":{\"hate\":{}},\"delta\""),
        choice(0, "{\"audio\":{\"data\":\"UklGRg==\"}}", "null"),
        choice(0, "{}", "\"stop\"")
            .replace("\"choices\"", "\"service_tier\":\"flex\",\"choices\"")
            .replace("\"delta\"", "\"stop_reason\":\"END\",\"delta\""));

    List<JsonNode> chunks = gateway.chat(request("\"stream\": true")).chunks();

    assertThat(chunks).allMatch(chunk -> chunk.path("system_fingerprint").asText().equals("fp"));
    JsonNode last = chunks.get(chunks.size() - 1);
    assertThat(last.path("service_tier").asText()).isEqualTo("flex");
    assertThat(last.path("choices").path(0).path("stop_reason").asText()).isEqualTo("END");
    assertThat(choices(chunks, 0))
        .filteredOn(choice -> choice.has("content_filter_results"))
        .singleElement()
        .extracting(choice -> choice.path("delta").path("content").asText())
        .isEqualTo("Hi");
    assertThat(deltas(chunks, 0))
        .extracting(delta -> delta.path("audio").path("data").asText(""))
        .contains("UklGRg==");
  }

  @Test
  void aStreamBringsProbabilitiesAndAnnotations() {
    String probabilities =
        "{\"content\":[{\"token\":\"Hi\",\"logprob\":-0.5,\"bytes\":[72,105],\"top_logprobs\":[]}],\"refusal\":null}";
    String citation =
        "{\"type\":\"url_citation\",\"url_citation\":{\"start_index\":0,\"end_index\":2,\"title\":\"T\",\"url\":\"https://example.com\"}}";
    UPSTREAM.streams(
        "a",
        choice(0, "{\"role\":\"assistant\",\"content\":\"Hi\"}", "null")
            .replace("\"delta\"", "\"logprobs\":%s,\"delta\"".formatted(probabilities)),
        choice(0, "{\"annotations\":[%s]}".formatted(citation), "null"),
        choice(0, "{}", "\"stop\""));

    List<JsonNode> chunks = gateway.chat(request("\"stream\": true, \"logprobs\": true")).chunks();

    assertThat(choices(chunks, 0))
        .filteredOn(choice -> choice.path("logprobs").isObject())
        .singleElement()
        .satisfies(
            choice -> {
              assertThat(choice.path("logprobs")).isEqualTo(JsonText.read(probabilities));
              assertThat(choice.path("delta").path("content").asText()).isEqualTo("Hi");
            });
    assertThat(deltas(chunks, 0))
        .extracting(delta -> delta.path("annotations").path(0))
        .filteredOn(JsonNode::isObject)
        .containsExactly(JsonText.read(citation));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ", \"stream_options\": null",
        ", \"stream_options\": {}",
        ", \"stream_options\": {\"include_usage\": false}",
        ", \"stream_options\": {\"include_usage\": true}"
      })
  void tokensAreAlwaysCountedAndToldToWhomAsks(String options) {
    UPSTREAM.streamsText("a", "Hello");

    List<JsonNode> chunks = gateway.chat(request("\"stream\": true" + options)).chunks();

    assertThat(UPSTREAM.received("a").path("stream_options"))
        .hasToString("{\"include_usage\":true}");
    List<JsonNode> counts = chunks.stream().filter(chunk -> chunk.hasNonNull("usage")).toList();
    if (options.endsWith("true}")) {
      assertThat(chunks).as("those without counts say so").allMatch(chunk -> chunk.has("usage"));
      assertThat(counts).containsExactly(chunks.get(chunks.size() - 1));
      assertThat(counts.get(0).path("choices")).isEmpty();
      assertThat(counts.get(0).path("usage"))
          .hasToString("{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}");
    } else {
      assertThat(chunks).noneMatch(chunk -> chunk.has("usage"));
      assertThat(chunks).allMatch(chunk -> chunk.path("choices").size() == 1);
    }
  }

  @Test
  void aTextThatLooksLikeTheChunkOfCountsArrives() {
    UPSTREAM.streamsText("a", "{\\\"choices\\\":[]}");

    List<JsonNode> chunks = gateway.chat(request("\"stream\": true")).chunks();

    assertThat(joined(chunks, 0, "content")).isEqualTo("{\"choices\":[]}");
  }

  @Test
  void theHeadersOfAStreamKeepProxiesFromHoldingItBack() {
    UPSTREAM.streamsText("a", "Hello");

    Reply reply = gateway.chat(request("\"stream\": true"), "Accept-Encoding", "gzip");

    assertThat(reply.header("Content-Type")).startsWith("text/event-stream");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(reply.header("X-Accel-Buffering")).isEqualTo("no");
    assertThat(reply.headers().map()).doesNotContainKey("Content-Encoding");
    assertThat(reply.header("x-llm-provider")).isEqualTo("a");
    assertThat(reply.header("x-llm-model")).isEqualTo("real-a");
    assertThat(reply.header("x-llm-attempts")).isEqualTo("1");
  }

  private static String request(String member) {
    return "{\"model\": \"any-model\", \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}], %s}"
        .formatted(member);
  }

  private static String choice(int index, String delta, String finish) {
    return "{\"id\":\"c-1\",\"created\":1700000000,\"model\":\"real\",\"choices\":[{\"index\":%d,\"delta\":%s,\"finish_reason\":%s}]}"
        .formatted(index, delta, finish);
  }

  private static List<JsonNode> choices(List<JsonNode> chunks, int index) {
    return chunks.stream()
        .map(chunk -> chunk.path("choices").path(0))
        .filter(choice -> choice.path("index").asInt(-1) == index)
        .toList();
  }

  private static List<JsonNode> deltas(List<JsonNode> chunks, int index) {
    return choices(chunks, index).stream().map(choice -> choice.path("delta")).toList();
  }

  private static String joined(List<JsonNode> chunks, int index, String member) {
    return deltas(chunks, index).stream()
        .map(delta -> delta.path(member).asText(""))
        .reduce("", String::concat);
  }

  private static List<String> finishReasons(List<JsonNode> chunks, int index) {
    return choices(chunks, index).stream()
        .map(choice -> choice.path("finish_reason").textValue())
        .filter(Objects::nonNull)
        .toList();
  }

  private static String arguments(List<JsonNode> calls, int index) {
    return calls.stream()
        .filter(call -> call.path("index").asInt(-1) == index)
        .map(call -> call.path("function").path("arguments").asText(""))
        .reduce("", String::concat);
  }
}
