/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.component.LlmConstants;
import io.github.llmcamel.component.LlmStream;
import io.github.llmcamel.otel.testkit.OtlpServer;
import io.github.llmcamel.testkit.CapturedLog;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import io.opentelemetry.api.GlobalOpenTelemetry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Nothing that is asked or answered is in anything that is exported or logged, however calls end.
 */
class NoContentLeavesTest {

  private static final String CANARY = "canary";

  private static final String BODY =
      """
      {"messages":[
        {"role":"system","content":"system canary"},
        {"role":"user","name":"canary","content":[
          {"type":"text","text":"user canary"},
          {"type":"image_url","image_url":{"url":"data:image/png;base64,canary=="}}]},
        {"role":"assistant","tool_calls":[
          {"id":"t1","type":"function","function":{"name":"f","arguments":"{\\"a\\":\\"canary\\"}"}}]},
        {"role":"tool","tool_call_id":"t1","content":"result canary"}],
       "tools":[{"type":"function","function":{"name":"f","description":"canary"}}],
       "user":"canary"}
      """;

  private static final String DELTA =
      """
      data: {"id":"c1","model":"m-1","choices":[{"index":0,"delta":{"content":"answer canary",
      data: "reasoning_content":"thought canary"}}]}

      """;
  private static final String FINISH =
      """
      data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t2","function":
      data: {"name":"f","arguments":"canary"}}]},"finish_reason":"stop"}]}

      data: [DONE]

      """;
  private static final String WHOLE =
      """
      {"id":"c1","model":"m-1","choices":[{"index":0,"finish_reason":"stop","message":{
        "content":"answer canary","reasoning_content":"thought canary","refusal":"canary"}}]}
      """;

  private final CamelContext context = new DefaultCamelContext();
  private final ScriptedLlmServer model = ScriptedLlmServer.start();
  private OtlpServer collector;

  @BeforeEach
  void start() throws Exception {
    GlobalOpenTelemetry.resetForTest();
    collector = new OtlpServer();
    context
        .getPropertiesComponent()
        .addInitialProperty("otel.exporter.otlp.endpoint", collector.url());
    context.getPropertiesComponent().addInitialProperty("camel.llm-otel.log", "both");
    context.getShutdownStrategy().setTimeout(1);
    context.getShutdownStrategy().setShutdownNowOnTimeout(true);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            String llm =
                ("llm:vllm?model=m&bodyFormat=openai&apiKey=canary-key-1&baseUrl=%s/v1"
                        // Each call is to come over a connection of its own.
                        + "&httpHeader.Connection=close")
                    .formatted(model.url());
            from("direct:whole").to(llm);
            from("direct:aggregate").to(llm + "&streamMode=aggregate");
            from("direct:live").to(llm + "&stream=true").process(e -> read(e));
            from("direct:closed")
                .to(llm + "&stream=true")
                .process(e -> e.getMessage().getBody(LlmStream.class).close());
          }
        });
  }

  @AfterEach
  void stop() {
    context.stop();
    model.close();
    collector.close();
  }

  @Test
  void inNoSignalOfNoEnding() throws Exception {
    try (CapturedLog log = new CapturedLog()) {
      context.start();
      call("direct:whole", peer -> peer.reply(200, "application/json", WHOLE));
      call("direct:aggregate", peer -> stream(peer, DELTA + FINISH, true));
      call("direct:live", peer -> stream(peer, DELTA + FINISH, true));
      call("direct:closed", peer -> stream(peer, DELTA, false));
      call("direct:whole", peer -> peer.reply(429, "application/json", "{\"error\":\"No.\"}"));
      call("direct:whole", peer -> peer.reply(200, "application/json", "canary, no JSON"));
      call("direct:aggregate", peer -> stream(peer, DELTA + "data: canary, no JSON\n\n", true));
      call("direct:live", peer -> stream(peer, DELTA, true));
      call("direct:aggregate", Peer::reset);
      context.stop();

      assertThat(collector.spans()).as("of nine calls and their requests").hasSize(18);
      assertThat(collector.requests("/v1/metrics")).isNotEmpty();
      assertThat(collector.requests("/v1/logs")).isNotEmpty();
      assertThat(log.linesWith("Chat failed")).hasSize(5);
      assertThat(log.text()).doesNotContain(CANARY);
    }
    assertThat(collector.requests())
        .allSatisfy(
            request ->
                assertThat(new String(request.body(), StandardCharsets.ISO_8859_1))
                    .doesNotContain(CANARY));
  }

  private void call(String route, Consumer<Peer> script) {
    CompletableFuture<Exchange> result =
        context
            .createProducerTemplate()
            .asyncSend(
                route,
                exchange -> {
                  exchange.setPattern(ExchangePattern.InOut);
                  exchange.getMessage().setBody(BODY);
                  exchange.getMessage().setHeader(LlmConstants.USER_ID, "canary@example.com");
                  exchange.getMessage().setHeader("Authorization", "Bearer canary");
                });
    Peer peer = model.accept();
    assertThat(peer.body()).contains("user canary");
    script.accept(peer);
    result.join();
  }

  private static void stream(Peer peer, String events, boolean ends) {
    peer.sendHead(200, "text/event-stream");
    if (ends) {
      peer.sendToTheEnd(events);
    } else {
      peer.sendChunk(events);
    }
  }

  private static void read(Exchange exchange) throws IOException {
    LlmStream<?> stream = exchange.getMessage().getBody(LlmStream.class);
    while (stream.hasNext()) {
      assertThat(stream.next()).isNotNull();
    }
  }
}
