/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.llmcamel.examples.launch.CannotStartException;
import io.github.llmcamel.examples.launch.Dsl;
import io.github.llmcamel.examples.real.RealBackends;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gateway in front of every real server that the environment names: llama.cpp, Ollama and
 * LiteLLM, with a small model. Nothing depends on what a model says, only on its form.
 */
class GatewayRealIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String NOBODY = "llm:vllm?model=nobody&baseUrl=http://127.0.0.1:9/v1";

  private static final Map<String, String> SERVERS = new LinkedHashMap<>();

  static {
    server("llamacpp");
    server("ollama");
    server("litellm");
  }

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init") // start() sets it
  private static Gateway gateway;

  @BeforeAll
  static void start() throws IOException, CannotStartException {
    List<String> lines = new ArrayList<>();
    SERVERS.forEach(
        (name, uri) -> {
          lines.add("gateway.models[%s] = %s".formatted(name, uri));
          lines.add("gateway.models[after-nobody-%s] = %s, %s".formatted(name, NOBODY, uri));
          lines.add("gateway.models[%s-*] = %s".formatted(name, anyModelOf(uri)));
        });
    lines.add("gateway.models[nobody] = " + NOBODY);
    SERVERS.values().stream()
        .limit(1)
        .forEach(uri -> lines.add("gateway.models[smollm*] = " + anyModelOf(uri)));
    Path config = Files.write(folder.resolve("gateway.properties"), lines);
    gateway = new Gateway(config, null, 0, Dsl.yaml);
    gateway.start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  static Set<String> servers() {
    return SERVERS.keySet();
  }

  @Test
  void thereIsAServerToAsk() {
    assertThat(SERVERS)
        .as("set LLAMACPP_BASE_URL, OLLAMA_BASE_URL or LITELLM_BASE_URL")
        .isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aWholeAnswerHasOpenAisShape(String server) throws Exception {
    HttpResponse<String> reply = chat(server, "");

    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    assertThat(header(reply, "x-llm-provider")).isEqualTo(server);
    assertThat(header(reply, "x-llm-attempts")).isEqualTo("1");
    JsonNode answer = JSON.readTree(reply.body());
    assertThat(answer.path("object").asText()).isEqualTo("chat.completion");
    assertThat(answer.path("id").asText()).isNotBlank();
    assertThat(answer.path("created").asLong()).isPositive();
    assertThat(answer.at("/choices/0/message/role").asText()).isEqualTo("assistant");
    assertThat(answer.at("/choices/0/message/content").asText()).isNotBlank();
    assertThat(answer.at("/choices/0/finish_reason").asText()).isIn("stop", "length");
    assertThat(answer.at("/usage/prompt_tokens").asLong()).isPositive();
    assertThat(answer.at("/usage/completion_tokens").asLong()).isBetween(1L, 40L);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void eachTokenOfAStreamLeavesWhenItArrives(String server) throws Exception {
    List<Long> times = new ArrayList<>();
    List<JsonNode> chunks = new ArrayList<>();
    String last = "";
    try (BufferedReader lines =
        lines(stream(server, "\"stream_options\":{\"include_usage\":true}"))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data: {")) {
          times.add(System.nanoTime());
          chunks.add(JSON.readTree(line.substring(6)));
        }
        last = line.isEmpty() ? last : line;
      }
    }

    assertThat(last).isEqualTo("data: [DONE]");
    assertThat(chunks).hasSizeGreaterThan(6);
    assertThat(Duration.ofNanos(times.get(times.size() - 1) - times.get(0)))
        .as("a model writes its tokens one after the other")
        .isGreaterThan(Duration.ofMillis(20));
    assertThat(values(chunks, "/id")).hasSize(1);
    assertThat(values(chunks, "/created")).hasSize(1);
    assertThat(values(chunks, "/choices/0/finish_reason")).hasSize(1);
    assertThat(chunks.stream().filter(c -> c.at("/choices/0/delta").has("role"))).hasSize(1);
    JsonNode counts = chunks.get(chunks.size() - 1);
    assertThat(counts.path("choices").size()).isZero();
    assertThat(counts.at("/usage/completion_tokens").asLong()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aToolIsCalled(String server) throws Exception {
    String tools =
        """
        "tools":[{"type":"function","function":{"name":"weather","description":"The weather",
          "parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}],
        """;
    // So small a model needs help to begin: a schema at Ollama, the first words elsewhere.
    String help =
        server.equals("ollama")
            ? schema(
                """
                {"type":"object","properties":{"name":{"enum":["weather"]},
                  "parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}},
                  "required":["name","parameters"]}
                """)
            : "\"tool_choice\":\"required\"";

    HttpResponse<String> reply =
        post(
            "/v1/chat/completions",
            """
            {"model":"%s","max_tokens":40,"temperature":0,%s%s,"messages":[
              {"role":"user","content":"What is the weather in Paris?"}%s]}
            """
                .formatted(
                    server,
                    tools,
                    help,
                    server.equals("ollama")
                        ? ""
                        : ",{\"role\":\"assistant\",\"content\":\"<tool_call>\\n\"}"));

    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    JsonNode call = JSON.readTree(reply.body()).at("/choices/0/message/tool_calls/0");
    assertThat(call.path("id").asText()).as(reply.body()).isNotBlank();
    assertThat(call.path("type").asText()).isEqualTo("function");
    assertThat(call.at("/function/name").asText()).isEqualTo("weather");
    assertThat(JSON.readTree(call.at("/function/arguments").asText()).has("city")).isTrue();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void anAnswerFitsItsSchema(String server) throws Exception {
    HttpResponse<String> reply =
        ask(
            server,
            "Which colour? Answer as JSON.",
            schema(
                """
                {"type":"object","properties":{"colour":{"enum":["red","blue"]}},
                  "required":["colour"],"additionalProperties":false}
                """));

    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    String text = JSON.readTree(reply.body()).at("/choices/0/message/content").asText();
    assertThat(JSON.readTree(text).path("colour").asText()).isIn("red", "blue");
  }

  @ParameterizedTest
  @MethodSource("servers")
  void embeddingsAreTheSameAsNumbersAndAsBase64(String server) throws Exception {
    String request = "{\"model\":\"%s\",\"input\":[\"one\",\"two\"],\"encoding_format\":\"%s\"}";
    JsonNode numbers =
        JSON.readTree(post("/v1/embeddings", request.formatted(server, "float")).body());
    JsonNode base64 =
        JSON.readTree(post("/v1/embeddings", request.formatted(server, "base64")).body());

    assertThat(numbers.path("data").size()).as("%s", numbers).isEqualTo(2);
    JsonNode vector = numbers.at("/data/1/embedding");
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(base64.at("/data/1/embedding").asText()))
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(vector.size()).isEqualTo(576).isEqualTo(bytes.remaining() / Float.BYTES);
    assertThat(bytes.getFloat()).isEqualTo((float) vector.get(0).asDouble(), within(1e-4f));
  }

  @Test
  void theModelsAreThoseConfiguredAndThoseOfTheProvider() throws Exception {
    List<String> ids = new ArrayList<>();
    JSON.readTree(get("/v1/models").body())
        .path("data")
        .forEach(m -> ids.add(m.path("id").asText()));

    assertThat(ids).containsAll(SERVERS.keySet()).contains("nobody");
    assertThat(ids).anyMatch(id -> id.startsWith("smollm"));
    assertThat(get("/v1/models/nobody").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void anUnreachableServerIsPassedOver(String server) throws Exception {
    HttpResponse<InputStream> reply = stream("after-nobody-" + server, "\"seed\":1");

    assertThat(header(reply, "x-llm-provider")).isEqualTo(server);
    assertThat(header(reply, "x-llm-attempts")).isEqualTo("2");
    assertThat(new String(reply.body().readAllBytes(), UTF_8)).endsWith("data: [DONE]\n\n");
  }

  @Test
  void anUnreachableServerAloneIsSaidWithoutItsAddress() throws Exception {
    HttpResponse<String> reply = chat("nobody", "");

    assertThat(reply.statusCode()).isEqualTo(502);
    assertThat(reply.body()).contains("unreachable").doesNotContain("127.0.0.1");
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "OLLAMA_BASE_URL", matches = ".+")
  void aModelThatOllamaDoesNotHaveIsAnError404() throws Exception {
    HttpResponse<String> reply = chat("ollama-of-nobody", "");

    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(404);
    JsonNode error = JSON.readTree(reply.body()).path("error");
    assertThat(error.path("message").asText()).contains("ollama-of-nobody");
    assertThat(reply.body()).doesNotContain("127.0.0.1");
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "LLAMACPP_BASE_URL", matches = ".+")
  void aPromptThatIsTooLongIsToldByOpenAisCode() throws Exception {
    HttpResponse<String> reply = ask("llamacpp", "word ".repeat(3000), "");

    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
    assertThat(JSON.readTree(reply.body()).at("/error/code").asText())
        .isEqualTo("context_length_exceeded");
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "LLAMACPP_BASE_URL", matches = ".+")
  void aClientThatGoesFreesTheSlotOfLlamaCpp() throws Exception {
    HttpResponse<InputStream> reply = stream("llamacpp", "\"ignore_eos\":true,\"n_predict\":1500");
    assertThat(reply.body().read()).isPositive();
    assertThat(llamaCppIsBusy()).isTrue();

    long gone = System.nanoTime();
    reply.body().close();

    await().atMost(Duration.ofSeconds(5)).until(() -> !llamaCppIsBusy());
    assertThat(Duration.ofNanos(System.nanoTime() - gone)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "JAEGER_URL", matches = ".+")
  void theCallersSpanTheRequestTheCallAndItsHttpAreOneTrace() throws Exception {
    String server = SERVERS.keySet().iterator().next();
    String trace = UUID.randomUUID().toString().replace("-", "");
    String caller = "00f067aa0ba902b7";

    assertThat(
            ask(server, "Hello", "", "traceparent", "00-%s-%s-01".formatted(trace, caller))
                .statusCode())
        .isEqualTo(200);

    List<JsonNode> spans = new RealBackends("gateway").jaeger(trace, 3);
    JsonNode request = childOf(caller, spans);
    JsonNode call = childOf(request.path("spanId").asText(), spans);
    JsonNode http = childOf(call.path("spanId").asText(), spans);
    assertThat(request.path("name").asText()).isEqualTo("POST /v1/chat/completions");
    assertThat(call.path("name").asText()).startsWith("chat ");
    assertThat(http.path("name").asText()).isEqualTo("POST");
  }

  @Test
  void itsMetricsHaveRequestsAndCalls() throws Exception {
    chat(SERVERS.keySet().iterator().next(), "");

    assertThat(get("/metrics").body())
        .contains("http_server_request_duration_seconds_count{")
        .contains("http_route=\"/v1/chat/completions\"")
        .contains("gen_ai_client_operation_duration_seconds_count{")
        .contains("gen_ai_client_token_usage_sum{");
  }

  private static void server(String provider) {
    String prefix = provider.toUpperCase(Locale.ROOT);
    String url = System.getenv(prefix + "_BASE_URL");
    if (url != null) {
      String model = System.getenv().getOrDefault(prefix + "_MODEL", "smollm2");
      String key = System.getenv(prefix + "_API_KEY");
      SERVERS.put(
          provider,
          "llm:%s?baseUrl=%s&model=%s%s"
              .formatted(provider, url, model, key == null ? "" : "&apiKey=RAW(" + key + ")"));
    }
  }

  private static String anyModelOf(String uri) {
    return uri.replaceFirst("&model=[^&]*", "");
  }

  private static String schema(String schema) {
    return "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"form\",\"schema\":%s}}"
        .formatted(schema);
  }

  /**
   * @param more members of the request; empty for none
   */
  private static HttpResponse<String> chat(String model, String more) throws Exception {
    return ask(model, "Name a colour.", more);
  }

  private static HttpResponse<String> ask(
      String model, String prompt, String more, String... headers) throws Exception {
    return send(
        request("/v1/chat/completions", headers).POST(body(request(model, prompt, more))),
        BodyHandlers.ofString());
  }

  private static HttpResponse<InputStream> stream(String model, String more) throws Exception {
    HttpResponse<InputStream> reply =
        send(
            request("/v1/chat/completions")
                .POST(
                    body(
                        request(model, "Tell a long story of a ship.", "\"stream\":true," + more))),
            BodyHandlers.ofInputStream());
    assertThat(reply.statusCode()).isEqualTo(200);
    return reply;
  }

  private static String request(String model, String prompt, String more) {
    return "{\"model\":\"%s\",\"max_tokens\":40,\"temperature\":0%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
        .formatted(model, more.isEmpty() ? "" : "," + more, prompt);
  }

  private static HttpResponse<String> post(String path, String json) throws Exception {
    return send(request(path).POST(body(json)), BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return send(request(path).GET(), BodyHandlers.ofString());
  }

  private static HttpRequest.BodyPublisher body(String json) {
    return HttpRequest.BodyPublishers.ofString(json);
  }

  private static HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway.address() + path))
            .header("Content-Type", "application/json")
            .timeout(PATIENCE);
    return headers.length == 0 ? request : request.headers(headers);
  }

  private static <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler)
      throws Exception {
    return CLIENT.send(request.build(), handler);
  }

  private static String header(HttpResponse<?> reply, String name) {
    return reply.headers().firstValue(name).orElse("");
  }

  private static BufferedReader lines(HttpResponse<InputStream> reply) {
    return new BufferedReader(new InputStreamReader(reply.body(), UTF_8));
  }

  private static Set<String> values(List<JsonNode> chunks, String pointer) {
    return chunks.stream()
        .map(chunk -> chunk.at(pointer))
        .filter(value -> !value.isMissingNode() && !value.isNull())
        .map(JsonNode::asText)
        .collect(Collectors.toSet());
  }

  private static boolean llamaCppIsBusy() throws Exception {
    String url = Objects.requireNonNull(System.getenv("LLAMACPP_BASE_URL"));
    HttpRequest.Builder slots =
        HttpRequest.newBuilder(URI.create(url.replaceFirst("/v1$", "/slots")));
    return send(slots, BodyHandlers.ofString()).body().contains("\"is_processing\":true");
  }

  private static JsonNode childOf(String parent, List<JsonNode> spans) {
    return spans.stream()
        .filter(span -> span.path("parentSpanId").asText().equals(parent))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no child of %s in %s".formatted(parent, spans)));
  }
}
