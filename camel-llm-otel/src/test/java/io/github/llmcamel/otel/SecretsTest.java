/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A provider that quotes the key does not bring it into telemetry, ours or Camel's. */
class SecretsTest {

  private static final String KEY = "canary-7f3a91c2d4e5";

  private final ScriptedLlmServer server = ScriptedLlmServer.start();
  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();
  private final CamelContext context = new DefaultCamelContext();

  @AfterEach
  void stop() {
    context.stop();
    server.close();
    telemetry.close();
  }

  @ParameterizedTest
  @CsvSource({
    "apiKey=canary-7f3a91c2d4e5",
    "apiKey=canary-7f3a91c2d4e5&streamMode=aggregate",
    "httpHeader.Authorization=RAW(Bearer canary-7f3a91c2d4e5)"
  })
  void noSpanPointOrResourceHoldsTheKey(String secret) throws Exception {
    context.getRegistry().bind("openTelemetry", telemetry.openTelemetry());
    new OpenTelemetryTracer().init(context);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:start").to("llm:vllm?model=m&baseUrl=" + server.url() + "&" + secret);
          }
        });
    context.start();

    CompletableFuture<Exchange> result =
        context
            .createProducerTemplate()
            .asyncSend("direct:start", exchange -> exchange.getMessage().setBody("Hi."));
    Peer peer = server.accept();
    String shown = Objects.requireNonNull(peer.headers().get("Authorization"));
    peer.reply(
        200,
        "application/json",
        "{\"error\":{\"message\":\"Wrong key %1$s.\",\"code\":\"%1$s\"}}".formatted(shown));
    result.join();

    assertThat(shown).contains(KEY);
    assertThat(telemetry.spans()).hasSizeGreaterThan(1);
    assertThat(telemetry.spans()).map(String::valueOf).noneMatch(SecretsTest::hasKey);
    assertThat(telemetry.spans())
        .anyMatch(span -> span.getStatus().getDescription().contains("Wrong key"));
    assertThat(telemetry.metrics().toString()).doesNotContain(KEY);
  }

  private static boolean hasKey(String text) {
    return text.contains(KEY);
  }
}
