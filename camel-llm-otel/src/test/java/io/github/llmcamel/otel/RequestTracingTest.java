/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.component.ExchangeObserver;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.testkit.CapturedLog;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What settings make of a request's span and of what the provider is told. */
class RequestTracingTest {

  private final ScriptedLlmServer server = ScriptedLlmServer.start();
  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();
  private final CamelContext context = new DefaultCamelContext();

  @BeforeEach
  void bind() {
    context.getRegistry().bind("openTelemetry", telemetry.openTelemetry());
  }

  @AfterEach
  void close() {
    context.stop();
    server.close();
    telemetry.close();
  }

  @Test
  void aRequestIsInTheTraceThatTheProviderIsTold() {
    Map<String, String> headers = headersOfACall();

    assertThat(telemetry.requestSpans()).hasSize(1);
    assertThat(headers.get("traceparent"))
        .contains(telemetry.onlySpan().getTraceId(), telemetry.requestSpans().get(0).getSpanId());
  }

  @Test
  void withoutASpanOfTheRequestTheProviderIsToldThatOfTheCall() {
    set("camel.llm-otel.http-spans", "false");
    Map<String, String> headers = headersOfACall();

    assertThat(telemetry.spans()).hasSize(1);
    assertThat(headers.get("traceparent")).contains(telemetry.onlySpan().getSpanId());
  }

  @Test
  void theProviderNeedNotBeTold() {
    set("camel.llm-otel.http-spans", "Auto");
    set("camel.llm-otel.propagate-to-provider", "false");
    Map<String, String> headers = headersOfACall();

    assertThat(headers).doesNotContainKeys("traceparent", "tracestate", "baggage");
    assertThat(telemetry.requestSpans()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "camel.llm-otel.http-spans, 'auto, true or false'",
    "camel.llm-otel.propagate-to-provider, true or false"
  })
  void saysWhatWouldBeAValue(String option, String values) {
    set(option, "yes");
    try (CapturedLog log = new CapturedLog()) {
      context.start();

      assertThat(log.linesWith("WARN"))
          .singleElement()
          .asString()
          .contains("%s is 'yes'; use %s".formatted(option, values));
    }
    assertThat(context.getRegistry().findByType(ExchangeObserver.class)).isEmpty();
  }

  private void set(String property, String value) {
    context.getPropertiesComponent().addInitialProperty(property, value);
  }

  private Map<String, String> headersOfACall() {
    context.start();
    CompletableFuture<Object> answer =
        context
            .createProducerTemplate()
            .asyncRequestBody("llm:vllm?model=m&baseUrl=" + server.url() + "/v1", "Hi.");
    Peer peer = server.accept();
    peer.reply(200, "application/json", "{\"choices\":[{\"message\":{\"content\":\"Ho.\"}}]}");
    assertThat(answer.join()).isEqualTo("Ho.");
    telemetry.awaitLog();
    return peer.headers();
  }
}
