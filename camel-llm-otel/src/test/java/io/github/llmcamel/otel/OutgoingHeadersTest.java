/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.otel.testkit.CamelTracer;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.otel.testkit.OwnThread;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What leaves Camel names its trace. */
class OutgoingHeadersTest {

  private static final String LLM = "llm:simulator?model=demo";
  private static final String GIVEN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();
  private final CamelContext context = new DefaultCamelContext();
  private final Map<String, Object> sent = new HashMap<>();

  @AfterEach
  void stop() {
    context.stop();
    telemetry.close();
  }

  @Test
  void theTraceIsThatOfTheCallsBefore() throws Exception {
    start(routes -> routes.from("direct:start").to(LLM).to("elsewhere:queue"));

    ask(Map.of());

    SpanData call = telemetry.onlySpan();
    assertThat(sent)
        .containsEntry("traceparent", "00-%s-%s-01".formatted(call.getTraceId(), call.getSpanId()))
        .doesNotContainKeys("tracestate", "baggage");
  }

  @Test
  void theTraceIsThatOfTheCallerWithoutAnyCall() throws Exception {
    start(routes -> routes.from("direct:start").to("elsewhere:queue"));
    Span application =
        telemetry.openTelemetry().getTracer("application").spanBuilder("application").startSpan();
    Context caller =
        Context.root().with(application).with(Baggage.builder().put("user", "canary").build());

    caller.wrap(() -> ask(Map.of("traceparent", GIVEN, "tracestate", "vendor=x"))).run();

    assertThat(sent)
        .containsEntry(
            "traceparent",
            "00-%s-%s-01"
                .formatted(
                    application.getSpanContext().getTraceId(),
                    application.getSpanContext().getSpanId()))
        .doesNotContainKeys("tracestate", "baggage");
  }

  @Test
  void soIsThatOfATemplateThatSendsByItself() throws Exception {
    start(routes -> {});
    Span application =
        telemetry.openTelemetry().getTracer("application").spanBuilder("application").startSpan();

    Context.root()
        .with(application)
        .wrap(() -> context.createProducerTemplate().sendBody("elsewhere:queue", "Hi?"))
        .run();

    assertThat(sent.get("traceparent"))
        .asString()
        .contains(application.getSpanContext().getTraceId());
  }

  @Test
  void headersThatCameAreHandedOn() throws Exception {
    start(routes -> routes.from("direct:start").to(LLM).to("elsewhere:queue"));

    ask(Map.of("traceparent", GIVEN, "tracestate", "vendor=x"));

    assertThat(sent).containsEntry("traceparent", GIVEN).containsEntry("tracestate", "vendor=x");
  }

  @Test
  void nothingIsNamedThatIsNotKnown() throws Exception {
    start(routes -> routes.from("direct:start").to("elsewhere:queue"));

    ask(Map.of("traceparent", "no trace"));

    assertThat(sent).containsEntry("traceparent", "no trace");
  }

  @Test
  void anotherTraceThatIsLeftOnTheMessageIsOverwritten() throws Exception {
    start(
        routes ->
            routes
                .from("direct:start")
                .to(LLM)
                .setHeader("traceparent", routes.constant(GIVEN))
                .setHeader("tracestate", routes.constant("vendor=x"))
                .to("elsewhere:queue"));

    ask(Map.of());

    assertThat(sent.get("traceparent")).asString().contains(telemetry.onlySpan().getTraceId());
    assertThat(sent).doesNotContainKey("tracestate");
  }

  @Test
  void whatStaysInCamelHasNoHeaders() throws Exception {
    start(
        routes -> {
          routes.from("direct:start").to(LLM).to("direct:next").to(LLM);
          routes
              .from("direct:next")
              .process(exchange -> sent.putAll(exchange.getIn().getHeaders()));
        });

    ask(Map.of());

    assertThat(sent).isNotEmpty().doesNotContainKey("traceparent");
  }

  @Test
  void theyCanBeSwitchedOff() throws Exception {
    context
        .getPropertiesComponent()
        .addInitialProperty("camel.llm-otel.propagate-headers", "false");
    start(routes -> routes.from("direct:start").to(LLM).to("elsewhere:queue"));

    ask(Map.of());

    assertThat(sent).isNotEmpty().doesNotContainKey("traceparent");
  }

  @Test
  void nobodyWritesThemAnyMoreOnceTheContextHasStopped() throws Exception {
    start(routes -> routes.from("direct:start").to("elsewhere:queue"));

    context.stop();

    assertThat(context.getManagementStrategy().getEventNotifiers())
        .noneMatch(notifier -> notifier.getClass().getName().startsWith("io.github.llmcamel."));
  }

  @ParameterizedTest
  @MethodSource("io.github.llmcamel.otel.testkit.CamelTracer#any")
  void theyAreLeftToATracerOfCamel(CamelTracer tracer) throws Exception {
    start(tracer, routes -> routes.from("direct:start").to(LLM).to("elsewhere:queue"));

    OwnThread.run(() -> ask(Map.of()));

    SpanData sending =
        telemetry.spans().stream()
            .filter(span -> span.getAttributes().toString().contains("elsewhere"))
            .findFirst()
            .orElseThrow();
    assertThat(sent)
        .containsEntry(
            "traceparent", "00-%s-%s-01".formatted(sending.getTraceId(), sending.getSpanId()));
  }

  private void start(Consumer<RouteBuilder> routes) throws Exception {
    start(CamelTracer.NONE, routes);
  }

  private void start(CamelTracer tracer, Consumer<RouteBuilder> routes) throws Exception {
    context.getRegistry().bind("openTelemetry", telemetry.openTelemetry());
    tracer.addTo(context);
    context.addComponent("elsewhere", new Elsewhere());
    RouteBuilder.addRoutes(context, routes::accept);
    context.start();
  }

  private void ask(Map<String, Object> headers) {
    context.createProducerTemplate().requestBodyAndHeaders("direct:start", "Hi?", headers);
  }

  /** Another system: it keeps the headers it is sent. */
  private final class Elsewhere extends DefaultComponent {
    @Override
    protected Endpoint createEndpoint(
        String uri, String remaining, Map<String, Object> parameters) {
      return new DefaultEndpoint(uri, this) {
        @Override
        public Producer createProducer() {
          return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
              sent.putAll(exchange.getMessage().getHeaders());
            }
          };
        }

        @Override
        public org.apache.camel.Consumer createConsumer(Processor processor) {
          throw new UnsupportedOperationException("it only takes");
        }
      };
    }
  }
}
