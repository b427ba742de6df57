/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.llmcamel.examples.launch.CannotStartException;
import io.github.llmcamel.testkit.FaultyLlmServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client is told when something fails, and what it is not told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorsTest {

  @TempDir private static Path folder;
  @RegisterExtension private static final Upstream UPSTREAM = new Upstream();

  private final FaultyLlmServer faulty = FaultyLlmServer.start();
  private RunningGateway gateway;

  @BeforeAll
  void start() throws CannotStartException {
    List<String> lines = new ArrayList<>(List.of(UPSTREAM.providers("a")));
    lines.add(Upstream.baseUrl("closed", "http://127.0.0.1:1/v1"));
    lines.add(Upstream.baseUrl("nowhere", "http://nowhere.invalid/v1"));
    lines.add(Upstream.baseUrl("plain", "https://" + UPSTREAM.authority() + "/v1"));
    lines.add(Upstream.baseUrl("word", "http://localhost:%d/word/v1".formatted(UPSTREAM.port())));
    lines.add(Upstream.baseUrl("faulty", faulty.url() + "/v1"));
    lines.add("gateway.models[a]=llm:a");
    lines.add("gateway.models[impatient]=llm:a?firstByteTimeout=100ms");
    for (String name : List.of("closed", "nowhere", "plain", "faulty", "word")) {
      lines.add("gateway.models[%1$s]=llm:%1$s?connectTimeout=5s".formatted(name));
    }
    gateway = RunningGateway.start(folder, lines.toArray(String[]::new));
  }

  @AfterAll
  void stop() {
    gateway.close();
    faulty.close();
  }

  @ParameterizedTest
  @CsvSource({
    "400, 400, invalid_request_error, some_code",
    "401, 502, server_error, provider_refused_gateway",
    "402, 402, invalid_request_error, some_code",
    "403, 502, server_error, provider_refused_gateway",
    "404, 404, invalid_request_error, some_code",
    "408, 408, invalid_request_error, some_code",
    "409, 409, invalid_request_error, some_code",
    "413, 413, invalid_request_error, some_code",
    "422, 422, invalid_request_error, some_code",
    "429, 429, rate_limit_error, rate_limit_exceeded",
    "500, 500, server_error, provider_failed",
    "501, 502, server_error, provider_failed",
    "502, 502, server_error, provider_failed",
    "503, 503, server_error, provider_failed",
    "504, 504, server_error, provider_failed",
    "529, 502, server_error, provider_failed"
  })
  void theProvidersErrorIsTold(int upstream, int status, String type, String code) {
    UPSTREAM.refuses("a", upstream);

    for (boolean stream : new boolean[] {false, true}) {
      Reply reply = ask("a", stream);

      isError(reply, status, type, code);
      if (!code.equals("provider_refused_gateway")) {
        assertThat(reply.error().path("message").asText())
            .contains("The provider says %d.".formatted(upstream));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, context_length_exceeded, This model's maximum context length is 10 tokens., 400, context_length_exceeded",
    "400, content_filter, The prompt was filtered., 400, content_filter",
    "429, insufficient_quota, You exceeded your current quota., 429, insufficient_quota",
    "404, model_not_found, The model does not exist., 404, model_not_found",
    "400, invalid_api_key, Incorrect API key provided., 502, provider_refused_gateway"
  })
  void theProvidersCodeSaysMoreThanItsStatus(
      int upstream, String given, String message, int status, String code) {
    UPSTREAM.answers("a", upstream, Upstream.error(message, given));

    Reply reply = ask("a", false);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.error().path("code").asText()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "429, Retry-After, 7, 7",
    "429, retry-after-ms, 1500, 2",
    "408, Retry-After, 4, 4",
    "409, Retry-After, 5, 5",
    "503, Retry-After, 30, 30",
    "529, Retry-After, 3, 3"
  })
  void theTimeToWaitIsHandedOn(int status, String header, String value, String told) {
    UPSTREAM.answers(
        "a",
        aResponse()
            .withStatus(status)
            .withHeader(header, value)
            .withBody(Upstream.error("Busy.", "busy")));

    assertThat(ask("a", false).header("Retry-After")).isEqualTo(told);
    assertThat(ask("a", true).header("Retry-After")).isEqualTo(told);
  }

  @Test
  void aProviderThatIsSomewhereElseIsNoMistakeOfTheClient() {
    UPSTREAM.answers("a", aResponse().withStatus(307).withHeader("Location", "http://h/"));

    isError(ask("a", false), 502, "server_error", "bad_provider_answer");
  }

  @Test
  void theMemberThatTheProviderNamesIsHandedOn() {
    UPSTREAM.answers(
        "a", 400, "{\"error\":{\"message\":\"Too hot.\",\"param\":\"temperature\",\"code\":null}}");

    assertThat(ask("a", false).error().path("param").asText()).isEqualTo("temperature");
  }

  @Test
  void aModelThatTheProviderDoesNotHaveIsCalledSo() {
    UPSTREAM.answers("a", 404, "{\"error\":\"model 'x' not found\"}");

    isError(ask("a", false), 404, "invalid_request_error", "model_not_found");
  }

  @Test
  void withoutATimeToWaitNoneIsTold() {
    UPSTREAM.refuses("a", 429);

    assertThat(ask("a", false).headers().map()).doesNotContainKey("retry-after");
  }

  @ParameterizedTest
  @CsvSource({
    "closed, 502, unreachable, The provider cannot be reached.",
    "nowhere, 502, unreachable, The provider cannot be reached.",
    "plain, 502, unreachable, The provider cannot be reached.",
    "impatient, 504, timeout, The provider took too long to answer."
  })
  void aProviderThatDoesNotAnswerIsNotDescribed(
      String model, int status, String code, String message) {
    UPSTREAM.answers("a", aResponse().withFixedDelay(1_000).withBody("{}"));

    for (boolean stream : new boolean[] {false, true}) {
      Reply reply = ask(model, stream);

      isError(reply, status, "server_error", code);
      assertThat(reply.error().path("message").asText()).isEqualTo(message);
      assertThat(reply.all()).doesNotContain("nowhere.invalid", "127.0.0.1");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MALFORMED_RESPONSE_CHUNK")
  void aConnectionThatBreaksIsTold(Fault fault) {
    UPSTREAM.answers("a", aResponse().withFault(fault));

    for (boolean stream : new boolean[] {false, true}) {
      isError(ask("a", stream), 502, "server_error", "unreachable");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html><body>Hello</body></html>", "{\"choices\":", "", "[]", "null"})
  void anAnswerThatIsNoneIsTold(String body) {
    UPSTREAM.answers("a", 200, body);

    isError(ask("a", false), 502, "server_error", "bad_provider_answer");
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 500, 502, 503})
  void aPageOfAProxyIsNotShownAsItIs(int status) {
    UPSTREAM.answers(
        "a",
        aResponse()
            .withStatus(status)
            .withHeader("Content-Type", "text/html")
            .withBody(
                "<html><head><title>Bad</title></head><body><h1>Bad</h1>%s nginx</body></html>"
                    .formatted(UPSTREAM.openAi("a"))));

    Reply reply = ask("a", false);

    showsNothing(reply);
    assertThat(reply.error().path("message").asText()).isNotBlank();
    assertThat(reply.body()).doesNotContain("<html>", "<h1>");
  }

  @Test
  void whatAProviderQuotesOfTheGatewayIsHidden() {
    for (int status : new int[] {400, 404, 429, 500, 503}) {
      UPSTREAM.answers(
          "a",
          status,
          Upstream.error(
              "Key %s at %s is wrong; see http://%s/docs."
                  .formatted(Upstream.secret("a"), UPSTREAM.openAi("a"), UPSTREAM.authority()),
              Upstream.secret("a")));

      Reply reply = ask("a", false);

      showsNothing(reply);
      assertThat(reply.error().path("message").asText()).contains("is wrong");
    }
  }

  @Test
  void aWordThatIsAHostTooStaysAWord() {
    String address = "localhost:" + UPSTREAM.port();
    UPSTREAM.answers(
        "word",
        400,
        Upstream.error(
            "The localhost model at http://%1$s/word/v1 is gone; ask %1$s.".formatted(address),
            "x"));

    assertThat(ask("word", false).error().path("message").asText())
        .contains("The localhost model at (server) is gone; ask (server).")
        .doesNotContain(Integer.toString(UPSTREAM.port()));
  }

  @Test
  void anErrorInAStreamThatHasBegunIsItsLastEvent() {
    UPSTREAM.answers(
        "a",
        Upstream.events(
            "data: %s\n\ndata: %s\n\n"
                .formatted(
                    Upstream.chunk("a", "{\"content\":\"Hel\"}", "null"),
                    Upstream.error("Overloaded at " + UPSTREAM.openAi("a"), "overloaded"))));

    endsWithError(ask("a", true), "Hel");
  }

  @ParameterizedTest
  @CsvSource({"CLOSED, 600", "ERROR, 0"})
  void aStreamThatBreaksEndsWithAnError(FaultyLlmServer.Fault fault, int permille) {
    Reply reply =
        gateway.chat(
            """
            {"model":"faulty","stream":true,"messages":[{"role":"user","content":"%s"}]}"""
                .formatted(FaultyLlmServer.prompt(fault, permille)));

    endsWithError(reply, "Hello");
    assertThat(reply.all()).doesNotContain(faulty.url().substring("http://".length()));
  }

  private static void endsWithError(Reply reply, String begin) {
    assertThat(reply.status()).isEqualTo(200);
    List<String> events = reply.events();
    assertThat(events.get(1)).contains(begin);
    assertThat(events).doesNotContain("[DONE]");
    JsonNode error = JsonText.read(events.get(events.size() - 1)).path("error");
    assertThat(error.path("message").asText()).isNotBlank();
    assertThat(error.path("type").asText()).isEqualTo("server_error");
    assertThat(error.fieldNames()).toIterable().contains("param", "code");
    showsNothing(reply);
  }

  @Test
  void anErrorThatIsTheFirstEventOfAStreamIsAStatus() {
    UPSTREAM.answers(
        "a",
        Upstream.events(
            "data: {\"error\":{\"message\":\"Busy.\",\"type\":\"server_error\",\"code\":503}}\n\n"));

    Reply reply = ask("a", true);

    assertThat(reply.status()).as(reply.body()).isBetween(500, 503);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.error().path("type").asText()).isEqualTo("server_error");
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"model\":\"a\"}', messages",
    "'{\"model\":\"a\",\"messages\":[]}', messages",
    "'{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}', model",
    "'{\"model\":7,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}', model",
    "'{\"model\":\"a\",\"stream\":\"yes\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}', stream",
    "'{\"model\":\"a\",\"temperature\":\"hot\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}', temperature",
    "'{\"model\":\"a\",\"messages\":[{\"role\":\"user\"}]}', messages[0].content"
  })
  void theMemberThatIsWrongIsNamed(String body, String param) {
    Reply reply = gateway.chat(body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error().path("type").asText()).isEqualTo("invalid_request_error");
    assertThat(reply.error().path("param").asText()).isEqualTo(param);
    assertThat(UPSTREAM.requests("a")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"temperature\":\"hot\"",
        "\"max_tokens\":1.5",
        "\"n\":{}",
        "\"stop\":[1]",
        "\"tools\":[{\"type\":\"function\"}]"
      })
  void aMemberOfTheWrongTypeIsTold(String member) {
    Reply reply =
        gateway.chat(
            "{\"model\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],%s}"
                .formatted(member));

    assertThat(reply.status()).as(reply.body()).isEqualTo(400);
    showsNothing(reply);
    assertThat(reply.error().path("type").asText()).isEqualTo("invalid_request_error");
    assertThat(reply.error().path("message").asText())
        .contains(member.substring(1, member.indexOf('"', 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "\"text\"", "{} {}", "{\"a\":1,}"})
  void aBodyThatIsNoJsonObjectIsTold(String body) {
    Reply reply = gateway.chat(body);

    isError(reply, 400, "invalid_request_error", "invalid_json");
  }

  @Test
  void aModelThatNobodyHasIsNotFound() {
    Reply reply = ask("other", false);

    isError(reply, 404, "invalid_request_error", "model_not_found");
    assertThat(reply.error().path("param").asText()).isEqualTo("model");
  }

  @Test
  void otherPathsAndMethodsAreToldInTheSameShape() {
    isError(gateway.get("/v1/other"), 404, "invalid_request_error", "unknown_path");
    Reply wrongMethod = gateway.get("/v1/chat/completions");
    isError(wrongMethod, 405, "invalid_request_error", "method_not_allowed");
    assertThat(wrongMethod.header("Allow")).isEqualTo("POST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "req_0123456789", "a.b-c_d:e/f+g=h"})
  void theClientsIdOfTheRequestComesBack(String id) {
    UPSTREAM.refuses("a", 400);

    assertThat(ask("a", true, "x-request-id", id).header("x-request-id")).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "<script>", "a\"b", "a;b", "ä"})
  void anIdThatIsNotSafeIsReplaced(String id) {
    UPSTREAM.says("a", "Hello");

    assertThat(ask("a", false, "x-request-id", id).header("x-request-id"))
        .isNotEqualTo(id)
        .matches("[0-9a-f-]{36}");
  }

  @Test
  void everyAnswerHasAnId() {
    UPSTREAM.says("a", "Hello");

    String tooLong = "a".repeat(129);
    assertThat(ask("a", false, "x-request-id", tooLong).header("x-request-id"))
        .isNotEqualTo(tooLong)
        .isNotBlank();
    for (String path : List.of("/health", "/v1/models", "/none", "/v1/chat/completions")) {
      assertThat(gateway.get(path).header("x-request-id")).as(path).isNotBlank();
    }
    assertThat(ask("a", false).header("x-request-id"))
        .isNotBlank()
        .isNotEqualTo(ask("a", false).header("x-request-id"));
  }

  private Reply ask(String model, boolean stream, String... headers) {
    return gateway.chat(
        "{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
            .formatted(model, stream),
        headers);
  }

  private static void isError(Reply reply, int status, String type, String code) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.json().size()).isEqualTo(1);
    JsonNode error = reply.error();
    assertThat(error.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("message", "type", "param", "code");
    assertThat(error.path("type").asText()).isEqualTo(type);
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("message").asText()).isNotBlank();
    showsNothing(reply);
  }

  private static void showsNothing(Reply reply) {
    assertThat(reply.all())
        .doesNotContain(
            Upstream.secret("a"),
            UPSTREAM.authority(),
            "127.0.0.1",
            "/a/v1",
            "io.github.",
            "org.apache.",
            "java.",
            "Exception",
            "\tat ");
  }
}
