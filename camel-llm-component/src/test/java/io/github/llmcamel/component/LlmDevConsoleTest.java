/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.util.json.Jsonable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the developer console "llm" says of calls over real HTTP. */
class LlmDevConsoleTest extends CamelTestSupport {

  private static final String KEY = "canary-5d2e8f90";
  private static final String PROMPT = "canary prompt";
  private static final String ANSWER =
      """
      {"choices":[{"index":0,"message":{"content":"canary answer"},"finish_reason":"stop"}],
       "usage":{"prompt_tokens":9,"completion_tokens":3}}
      """;

  private final ScriptedLlmServer server = ScriptedLlmServer.start();

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext created = super.createCamelContext();
    created.setDevConsole(true);
    return created;
  }

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        String llm = "llm:vllm?model=m&apiKey=%s&baseUrl=%s/v1".formatted(KEY, server.url());
        from("direct:whole").routeId("whole").to(llm);
        from("direct:limited").routeId("limited").to(llm + "&maxConcurrentRequests=1");
        from("direct:streamed")
            .routeId("streamed")
            .to("llm:simulator?model=demo&streamMode=aggregate");
      }
    };
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void aConsoleWithoutCallsHasNoGroups() throws Exception {
    assertThat(text()).isEmpty();
    assertThat(json().get("groups")).isEmpty();
  }

  @Test
  void showsCallsTokensAndErrorsOfARoute() throws Exception {
    call("direct:whole", 200, ANSWER);
    call("direct:whole", 429, "{}");

    assertThat(text().lines().map(LlmDevConsoleTest::withoutTimes))
        .containsExactly(
            "",
            "    Provider: vllm Model: m Route: whole",
            "        Calls: 2 (failed: 1 cancelled: 0 in flight: 0 queued: 0)",
            "        Tokens: 12 (input: 9 output: 3)",
            "        Duration: p50 T ms, p95 T ms",
            "        Errors: {429=1}");
    JsonNode json = json();
    ObjectNode group = (ObjectNode) json.at("/groups/0");
    assertThat(group.remove("durationP50Millis").isIntegralNumber()).isTrue();
    assertThat(group.remove("durationP95Millis").isIntegralNumber()).isTrue();
    assertThat(json)
        .isEqualTo(
            new JsonMapper()
                .readTree(
                    """
                    {"groups":[{"provider":"vllm","model":"m","routeId":"whole",
                     "calls":2,"failed":1,"cancelled":0,"inFlight":0,"queued":0,
                     "inputTokens":9,"outputTokens":3,"errors":{"429":1}}]}
                    """));
  }

  @Test
  void showsWhenStreamsHaveBegunToSpeak() throws Exception {
    template.requestBody("direct:streamed", "Hi.");

    assertThat(text()).containsPattern("First token: p50 \\d+ ms, p95 \\d+ ms");
    assertThat(json().at("/groups/0/firstTokenP50Millis").isIntegralNumber()).isTrue();
    assertThat(json().at("/groups/0/firstTokenP95Millis").isIntegralNumber()).isTrue();
  }

  @Test
  void showsWhatRunsAndWhatWaits() throws Exception {
    CompletableFuture<Exchange> first = send("direct:limited");
    Peer peer = server.accept();
    CompletableFuture<Exchange> second = send("direct:limited");

    await().untilAsserted(() -> assertThat(text()).contains("in flight: 1 queued: 1"));
    assertThat(json().at("/groups/0/inFlight").asInt()).isEqualTo(1);
    assertThat(json().at("/groups/0/queued").asInt()).isEqualTo(1);

    answerAndClose(peer);
    first.join();
    answerAndClose(server.accept());
    second.join();
    assertThat(text()).contains("Calls: 2 (failed: 0 cancelled: 0 in flight: 0 queued: 0)");
  }

  @Test
  void showsCallsFromOutsideOfRoutes() throws Exception {
    template.requestBody("llm:simulator?model=demo", "Hi.");

    assertThat(text()).contains("Provider: simulator Model: demo" + System.lineSeparator());
    assertThat(json().at("/groups/0").has("routeId")).isFalse();
  }

  @Test
  void showsNeitherKeyNorPromptNorAnswer() throws Exception {
    call("direct:whole", 200, ANSWER);
    call("direct:whole", 401, "{\"error\":{\"message\":\"Wrong key " + KEY + "\"}}");

    assertThat(text() + json()).contains("vllm").doesNotContain("canary");
  }

  private static String withoutTimes(String line) {
    return line.replaceAll("\\d+ ms", "T ms");
  }

  /** Closes in order, so that the next call comes over another connection. */
  private static void answerAndClose(Peer peer) {
    peer.send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n");
    peer.send(ANSWER);
    peer.close();
  }

  private void call(String from, int status, String body) {
    CompletableFuture<Exchange> result = send(from);
    Peer peer = server.accept();
    peer.reply(status, "application/json", body);
    result.join();
    peer.close();
  }

  private CompletableFuture<Exchange> send(String from) {
    return template.asyncSend(from, e -> e.getMessage().setBody(PROMPT));
  }

  private String text() {
    return (String) console().call(DevConsole.MediaType.TEXT);
  }

  private JsonNode json() throws Exception {
    Jsonable json = (Jsonable) console().call(DevConsole.MediaType.JSON);
    return new JsonMapper().readTree(json.toJson());
  }

  private DevConsole console() {
    DevConsoleRegistry registry =
        context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
    return Objects.requireNonNull(registry.resolveById("llm"));
  }
}
