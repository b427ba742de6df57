/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.otel.testkit.Calls;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.lang.ref.WeakReference;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class LlmTelemetryTest {

  @Test
  void namesItselfWithTheVersionOfTheJar() {
    try (InMemoryTelemetry telemetry = new InMemoryTelemetry()) {
      observe(telemetry, exchange());

      assertThat(telemetry.onlySpan().getInstrumentationScopeInfo().getName())
          .isEqualTo("io.github.llmcamel");
      assertThat(telemetry.onlySpan().getInstrumentationScopeInfo().getVersion())
          .matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }
  }

  @Test
  void doesNotKeepTheExchangeOfACall() throws Exception {
    try (InMemoryTelemetry telemetry = new InMemoryTelemetry()) {
      LlmTelemetry observer = LlmTelemetry.create(telemetry.openTelemetry());
      WeakReference<Exchange> exchange = new WeakReference<>(exchange());
      CallObservation call =
          observer.observe(Objects.requireNonNull(exchange.get())).start(Calls.whole());

      for (int i = 0; i < 100 && exchange.get() != null; i++) {
        System.gc();
      }

      assertThat(exchange.get()).isNull();
      call.completed(Calls.response());
      assertThat(telemetry.onlySpan().hasEnded()).isTrue();
    }
  }

  @Test
  void knowsTheExchangeItsRouteAndWhoAsks() throws Exception {
    CamelContext context = new DefaultCamelContext();
    try (InMemoryTelemetry telemetry = new InMemoryTelemetry()) {
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:start")
                  .routeId("ask")
                  .setHeader("CamelLlmConversationId", constant("c-1"))
                  .setHeader("CamelLlmUserId", constant("alice"))
                  .setHeader("CamelLlmPurpose", constant("Triage"))
                  .process(exchange -> observe(telemetry, exchange))
                  .id("asking");
            }
          });
      context.start();
      Exchange exchange =
          context
              .createProducerTemplate()
              .send("direct:start", message -> message.getMessage().setBody("x"));

      SpanData span = telemetry.onlySpan();
      assertThat(span.getAttributes().get(stringKey("camel.route.id"))).isEqualTo("ask");
      assertThat(span.getAttributes().get(stringKey("camel.node.id"))).isEqualTo("asking");
      assertThat(span.getAttributes().get(stringKey("gen_ai.conversation.id"))).isEqualTo("c-1");
      assertThat(span.getAttributes().get(stringKey("enduser.id"))).isEqualTo("2bd806c9");
      assertThat(span.getAttributes().get(stringKey("llm.request.purpose"))).isEqualTo("Triage");
      assertThat(span.getAttributes().get(stringKey("camel.exchange.id")))
          .isEqualTo(exchange.getExchangeId());
    } finally {
      context.stop();
    }
  }

  @Test
  void knowsNoRouteOfACallFromOutside() {
    try (InMemoryTelemetry telemetry = new InMemoryTelemetry()) {
      observe(telemetry, exchange());

      assertThat(telemetry.onlySpan().getAttributes().get(stringKey("camel.route.id"))).isNull();
    }
  }

  @Test
  void findsTheCallersSpan() {
    try (InMemoryTelemetry telemetry = new InMemoryTelemetry()) {
      Tracer tracer = telemetry.openTelemetry().getTracer("application");
      Span application = tracer.spanBuilder("application").startSpan();

      Context.root().with(application).wrap(() -> observe(telemetry, exchange())).run();

      assertThat(telemetry.onlySpan().getParentSpanId())
          .isEqualTo(application.getSpanContext().getSpanId());
    }
  }

  @Test
  void tellsTheExchangeTheIdOfItsTrace() {
    try (InMemoryTelemetry telemetry = new InMemoryTelemetry()) {
      Exchange exchange = exchange();

      observe(telemetry, exchange);

      assertThat(exchange.getProperty(LlmTelemetry.TRACE_ID))
          .isEqualTo(telemetry.onlySpan().getTraceId());
    }
  }

  @Test
  void tellsNoIdOfATraceThatIsNowhere() {
    Exchange exchange = exchange();

    LlmTelemetry.create(OpenTelemetry.noop()).observe(exchange).start(Calls.whole());

    assertThat(exchange.getProperty(LlmTelemetry.TRACE_ID)).isNull();
  }

  private static void observe(InMemoryTelemetry telemetry, Exchange exchange) {
    LlmTelemetry.create(telemetry.openTelemetry())
        .observe(exchange)
        .start(Calls.whole())
        .completed(Calls.response());
  }

  private static Exchange exchange() {
    return ExchangeBuilder.anExchange(new DefaultCamelContext()).build();
  }
}
