/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.examples.gateway.access.NewKey;
import io.github.llmcamel.examples.launch.CannotStartException;
import io.github.llmcamel.examples.launch.Dsl;
import io.github.llmcamel.testkit.TestCertificate;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask for what, over which connection. */
class AccessTest {

  private static final String CHAT =
      "{\"model\":\"demo\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  @TempDir private static Path folder;

  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class WithKeys {

    private final NewKey all = NewKey.create("all");
    private final NewKey some = NewKey.create("some");
    private final NewKey slow = NewKey.create("slow");
    private RunningGateway gateway;

    @BeforeAll
    void start() throws CannotStartException {
      gateway =
          RunningGateway.start(
              folder,
              "gateway.models[demo]=llm:simulator",
              "gateway.models[fast]=llm:simulator?model=x",
              "gateway.models[claude-*]=llm:simulator",
              sha256(all),
              sha256(some),
              "gateway.keys[some].models=fast,claude-*",
              sha256(slow),
              "gateway.keys[slow].requests-per-minute=2");
    }

    @AfterAll
    void stop() {
      gateway.close();
    }

    @Test
    void aKeyLetsIn() {
      assertThat(gateway.chat(CHAT, bearer(all)).status()).isEqualTo(200);
      assertThat(
              gateway
                  .chat(
                      CHAT, "Authorization", "bearer  " + all.text(), "X-Forwarded-For", "1.2.3.4")
                  .status())
          .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "Bearer",
          "Bearer sk-",
          "Bearer sk-all-",
          "Bearer sk-all-0000000000000000000000000000000000000000000000000000000000000000",
          "Bearer sk-nobody-0000000000000000000000000000000000000000000000000000000000000000",
          "Basic YTpi",
          "sk-all"
        })
    void nothingElseDoes(String authorization) {
      for (String path : List.of("/v1/chat/completions", "/v1/embeddings", "/v1/none")) {
        Reply reply = gateway.post(path, CHAT, "Authorization", authorization);

        isUnauthenticated(reply);
      }
      isUnauthenticated(gateway.get("/v1/models", "Authorization", authorization));
    }

    @Test
    void aSecondKeyIsNotOverlooked() {
      isUnauthenticated(
          gateway.chat(CHAT, "Authorization", bearer(all)[1], "Authorization", "Basic YTpi"));
    }

    @Test
    void withoutAKeyNobodyComesInNotEvenFromThisMachine() {
      isUnauthenticated(gateway.chat(CHAT));
    }

    private void isUnauthenticated(Reply reply) {
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.error().path("type").asText()).isEqualTo("invalid_request_error");
      assertThat(reply.error().path("code").asText()).isEqualTo("invalid_api_key");
      assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
      assertThat(reply.error().has("param")).isTrue();
      assertThat(reply.header("x-request-id")).isNotBlank();
      assertThat(reply.all()).doesNotContain("00000000", "YTpi");
    }

    @Test
    void aKeyIsGoodForItsModelsAlone() {
      assertThat(askFor("fast", some).status()).isEqualTo(200);
      assertThat(askFor("claude-x", some).status()).isEqualTo(200);
      for (String model : List.of("demo", "none")) {
        Reply reply = askFor(model, some);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.error()).isEqualTo(askFor("nothing-like-it", some).error());
        assertThat(reply.error().path("code").asText()).isEqualTo("model_not_found");
      }
      assertThat(
              gateway
                  .post("/v1/embeddings", "{\"model\":\"demo\",\"input\":\"a\"}", bearer(some))
                  .status())
          .isEqualTo(404);
    }

    @Test
    void theListHoldsTheModelsOfTheKey() {
      assertThat(ids(gateway.get("/v1/models", bearer(all)))).contains("demo", "fast");
      assertThat(ids(gateway.get("/v1/models", bearer(some))))
          .contains("fast")
          .doesNotContain("demo");
      assertThat(gateway.get("/v1/models/demo", bearer(some)).status()).isEqualTo(404);
      assertThat(gateway.get("/v1/models/demo", bearer(all)).status()).isEqualTo(200);
    }

    private static List<String> ids(Reply reply) {
      return reply.json().path("data").findValuesAsText("id");
    }

    @Test
    void aKeyHasItsRequestsPerMinute() {
      Reply first = gateway.chat(CHAT, bearer(slow));
      Reply second = gateway.chat(CHAT, bearer(slow));
      Reply third = gateway.chat(CHAT, bearer(slow));

      assertThat(first.status()).isEqualTo(200);
      assertThat(first.header("x-ratelimit-limit-requests")).isEqualTo("2");
      assertThat(first.header("x-ratelimit-remaining-requests")).isEqualTo("1");
      assertThat(first.header("x-ratelimit-reset-requests")).endsWith("s");
      assertThat(second.header("x-ratelimit-remaining-requests")).isEqualTo("0");
      assertThat(third.status()).isEqualTo(429);
      assertThat(third.error().path("type").asText()).isEqualTo("rate_limit_error");
      assertThat(third.error().path("code").asText()).isEqualTo("rate_limit_exceeded");
      assertThat(Integer.parseInt(third.header("Retry-After"))).isBetween(1, 30);
      assertThat(third.header("x-ratelimit-limit-requests")).isEqualTo("2");
      assertThat(gateway.chat(CHAT, bearer(all)).headers().map())
          .doesNotContainKey("x-ratelimit-limit-requests");
    }

    @Test
    void whoLooksAfterItSeesThePages() {
      assertThat(gateway.get("/health").status()).isEqualTo(200);
      assertThat(gateway.get("/ready", "X-Forwarded-For", "1.2.3.4").status()).isEqualTo(200);
      assertThat(gateway.get("/", "X-Forwarded-For", "1.2.3.4").status()).isEqualTo(200);
      for (String page : List.of("/metrics", "/status.json")) {
        assertThat(gateway.get(page).status()).as("%s from here", page).isEqualTo(200);
        String[] withKey = {"Authorization", "Bearer " + all.text(), "X-Forwarded-For", "1.2.3.4"};
        assertThat(gateway.get(page, withKey).status()).as("%s with a key", page).isEqualTo(200);
        assertThat(gateway.get(page, "X-Forwarded-For", "1.2.3.4").status())
            .as("%s from elsewhere", page)
            .isEqualTo(401);
      }
    }

    private Reply askFor(String model, NewKey key) {
      return gateway.chat(CHAT.replace("demo", model), bearer(key));
    }

    private static String sha256(NewKey key) {
      return "gateway.keys[%s].sha256=%s".formatted(key.id(), key.sha256());
    }

    private static String[] bearer(NewKey key) {
      return new String[] {"Authorization", "Bearer " + key.text()};
    }
  }

  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class WithoutKeys {

    private RunningGateway gateway;

    @BeforeAll
    void start() throws CannotStartException {
      gateway = RunningGateway.start(folder, "gateway.models[*]=llm:simulator");
    }

    @AfterAll
    void stop() {
      gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "LOCALHOST:80", "[::1]:8080", "a.localhost"})
    void thisMachineIsLetInByItsNames(String host) throws IOException {
      assertThat(raw(host, "application/json", "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "evil.example",
          "evil.example:8080",
          "localhost.evil.example",
          "127.0.0.1.evil.example",
          "192.168.0.1",
          "127.1.evil"
        })
    void aNameThatSomebodyElseResolvesToThisMachineIsNot(String host) throws IOException {
      RawReply reply = raw(host, "application/json", "");

      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.body()).contains("\"code\":\"not_local\"");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "X-Forwarded-For: 1.2.3.4",
          "Forwarded: for=1.2.3.4",
          "Via: 1.1 proxy",
          "X-Forwarded-Host: example.com",
          "x-forwarded-proto: https",
          "X-Real-IP: 1.2.3.4"
        })
    void whatAProxyPassesOnIsNot(String header) throws IOException {
      assertThat(raw("localhost", "application/json", header + "\r\n").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "text/plain",
          "application/x-www-form-urlencoded",
          "multipart/form-data; boundary=x",
          "text/json",
          "application/jsonp"
        })
    void whatAnyWebPageMayPostIsNot(String type) throws IOException {
      RawReply reply = raw("localhost", type, "");

      assertThat(reply.status()).isEqualTo(415);
      assertThat(reply.body()).contains("\"code\":\"invalid_content_type\"");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "application/json; charset=utf-8",
          "application/json;charset=UTF-8",
          "Application/JSON"
        })
    void jsonIsDeclaredInSeveralWays(String type) throws IOException {
      assertThat(raw("localhost", type, "").status()).isEqualTo(200);
    }

    @Test
    void keysOfClientsThatNeedNoneDoNoHarm() {
      assertThat(gateway.chat(CHAT, "Authorization", "Bearer not-needed").status()).isEqualTo(200);
    }

    @Test
    void pagesOfOtherOriginsAreNotToldThatTheyMayAsk() {
      Reply chat = gateway.chat(CHAT, "Origin", "https://evil.example");
      Reply preflight = preflight(gateway, "https://evil.example");

      assertThat(preflight.status()).isEqualTo(405);
      for (Reply reply : List.of(chat, preflight)) {
        assertThat(reply.headers().map().keySet())
            .noneMatch(name -> name.startsWith("access-control"));
      }
    }

    private RawReply raw(String host, String type, String more) throws IOException {
      return RawClient.ask(
          gateway.address(),
          "POST /v1/chat/completions HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n%s\r\n%s"
              .formatted(host, type, CHAT.length(), more, CHAT));
    }
  }

  @Test
  void withoutKeysItListensToThisMachineAlone() {
    assertThatThrownBy(() -> new Gateway(null, "0.0.0.0", 0, Dsl.java))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("create-key");
  }

  @Test
  void anAddressOfVersion6StandsInBrackets() throws Exception {
    try (Gateway gateway = new Gateway(null, "::1", 0, Dsl.java)) {
      assertThat(gateway.address().getHost()).isEqualTo("[::1]");
    }
  }

  @Test
  void pagesOfOriginsThatAreConfiguredMayAsk() throws CannotStartException {
    NewKey key = NewKey.create("page");
    String origin = "https://chat.example.com";
    try (RunningGateway gateway =
        RunningGateway.start(
            folder,
            "gateway.models[*]=llm:simulator",
            "gateway.cors-origins=" + origin,
            "gateway.keys[page].requests-per-minute=9",
            "gateway.keys[page].sha256=" + key.sha256())) {
      Reply preflight = preflight(gateway, origin);
      Reply chat = gateway.chat(CHAT, "Origin", origin, "Authorization", "Bearer " + key.text());
      Reply refused = gateway.chat(CHAT, "Origin", origin);
      Reply other = gateway.chat(CHAT, "Origin", "https://evil.example");

      assertThat(preflight.status()).isBetween(200, 204);
      assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo(origin);
      assertThat(preflight.header("Access-Control-Allow-Methods")).contains("POST");
      assertThat(preflight.header("Access-Control-Allow-Headers").toLowerCase(Locale.ROOT))
          .as("a star does not stand for it")
          .contains("authorization", "*");
      assertThat(chat.status()).isEqualTo(200);
      assertThat(refused.status()).isEqualTo(401);
      for (Reply reply : List.of(chat, refused)) {
        assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(origin);
        assertThat(Arrays.asList(reply.header("Access-Control-Expose-Headers").split(", ?")))
            .contains(
                "x-request-id", "Retry-After", "x-llm-provider", "x-ratelimit-remaining-requests");
        assertThat(reply.headers().map()).doesNotContainKey("access-control-allow-credentials");
      }
      assertThat(other.headers().map()).doesNotContainKey("access-control-allow-origin");
    }
  }

  @Test
  void itSpeaksTls() throws CannotStartException {
    TestCertificate certificate = TestCertificate.create(folder, "ip:127.0.0.1");
    HttpClient client = HttpClient.newBuilder().sslContext(certificate.trustingContext()).build();
    try (RunningGateway gateway =
        RunningGateway.start(
            folder,
            Dsl.java,
            client,
            """
            gateway.models[*]=llm:simulator
            camel.ssl.enabled=true
            camel.ssl.key-store=file:%s
            camel.ssl.keystore-password=%s
            """
                .formatted(certificate.store(), TestCertificate.PASSWORD))) {
      assertThat(gateway.address().getScheme()).isEqualTo("https");
      JsonNode answer = gateway.chat(CHAT).json();
      assertThat(answer.path("choices")).hasSize(1);
      assertThat(gateway.chat(CHAT.replace("{\"model\"", "{\"stream\":true,\"model\"")).chunks())
          .isNotEmpty();
    }
  }

  private static Reply preflight(RunningGateway gateway, String origin) {
    return gateway.send(
        "OPTIONS",
        "/v1/chat/completions",
        "Origin",
        origin,
        "Access-Control-Request-Method",
        "POST",
        "Access-Control-Request-Headers",
        "authorization,content-type");
  }
}
