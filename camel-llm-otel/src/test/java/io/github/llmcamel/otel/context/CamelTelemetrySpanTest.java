/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.otel.testkit.OwnThread;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.telemetry.SpanStorageManagerExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CamelTelemetrySpanTest {

  private final CamelContext context = new DefaultCamelContext();
  private final List<Seen> looks = new ArrayList<>();

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void isTheCurrentOneItselfWhereThatIsActive() throws Exception {
    Seen seen = run(Sampler.alwaysOn(), null);

    assertThat(Span.fromContext(requireNonNull(seen.active))).isSameAs(seen.current);
  }

  @Test
  void bringsNothingOfWhatCamelMadeCurrent() throws Exception {
    Seen seen = run(Sampler.alwaysOn(), null);

    assertThat(Baggage.fromContext(requireNonNull(seen.active))).isEqualTo(Baggage.empty());
  }

  @Test
  void isFoundWhereItIsNotCurrent() throws Exception {
    Seen seen = run(Sampler.alwaysOn(), null);

    assertThat(requireNonNull(seen.elsewhere)).isEqualTo(seen.current.getSpanContext());
  }

  @Test
  void isNotSampledWhereCamelsIsNot() throws Exception {
    Seen seen = run(Sampler.alwaysOff(), null);

    assertThat(requireNonNull(seen.elsewhere).isSampled()).isFalse();
    assertThat(requireNonNull(seen.elsewhere)).isEqualTo(seen.current.getSpanContext());
  }

  @Test
  void isFoundWithoutPropagators() throws Exception {
    Seen seen = run(Sampler.alwaysOn(), ContextPropagators.noop());

    assertThat(requireNonNull(seen.elsewhere)).isEqualTo(seen.current.getSpanContext());
  }

  @Test
  void isAlwaysTheOneThatIsActiveNow() throws Exception {
    run(Sampler.alwaysOn(), null);

    assertThat(looks).hasSize(3).allSatisfy(CamelTelemetrySpanTest::isFoundElsewhere);
    assertThat(looks.get(1).current).isNotEqualTo(looks.get(0).current);
    assertThat(looks.get(2).current).isEqualTo(looks.get(0).current);
  }

  @Test
  void isNoneOfAnotherTracer() {
    Exchange exchange = new DefaultExchange(context);
    new OpenTelemetryTracer().init(context);
    new SpanStorageManagerExchange().push(exchange, new ForeignSpan());

    assertThat(CamelTelemetrySpan.of(exchange)).isNull();
  }

  private Seen run(Sampler sampler, @Nullable ContextPropagators propagators) throws Exception {
    InMemoryTelemetry telemetry = new InMemoryTelemetry(sampler);
    context.getRegistry().bind("tracer", telemetry.openTelemetry().getTracer("camel"));
    context
        .getRegistry()
        .bind(
            "propagators",
            propagators == null ? telemetry.openTelemetry().getPropagators() : propagators);
    new OpenTelemetryTracer().init(context);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:start")
                .process(exchange -> looks.add(look(exchange)))
                .to("direct:next")
                .process(exchange -> looks.add(look(exchange)));
            from("direct:next").process(exchange -> looks.add(look(exchange)));
          }
        });
    context.start();
    context.createProducerTemplate().requestBody("direct:start", "Hi?");
    return looks.get(0);
  }

  private static void isFoundElsewhere(Seen seen) {
    assertThat(seen.elsewhere).isEqualTo(seen.current.getSpanContext());
  }

  private static Seen look(Exchange exchange) {
    AtomicReference<@Nullable Context> elsewhere = new AtomicReference<>();
    OwnThread.run(() -> elsewhere.set(CamelTelemetrySpan.of(exchange)));
    return new Seen(
        Span.current(),
        CamelTelemetrySpan.of(exchange),
        Span.fromContext(requireNonNull(elsewhere.get())).getSpanContext());
  }

  private record Seen(Span current, @Nullable Context active, @Nullable SpanContext elsewhere) {}

  private static final class ForeignSpan implements org.apache.camel.telemetry.Span {
    @Override
    public void log(Map<String, String> fields) {}

    @Override
    public void setTag(String key, String value) {}

    @Override
    public void setComponent(String component) {}

    @Override
    public void setError(boolean isError) {}
  }
}
