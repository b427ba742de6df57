/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.llmcamel.otel.testkit.CamelTracer;
import io.github.llmcamel.otel.testkit.OwnThread;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the span that Camel's tracer has of a route says of the calls of its exchange. */
class RouteSpanTotalsTest {

  private final SummedRoutes routes = new SummedRoutes();

  @AfterEach
  void close() {
    routes.close();
  }

  @ParameterizedTest
  @MethodSource("tracersAndWays")
  void hasTheSumOfTheExchange(CamelTracer tracer, Way way) throws Exception {
    tracer.addTo(routes.context);
    routes.start(way.routes());

    OwnThread.run(routes::send);

    routes.context.stop(); // Camel's tracers end their spans after ours.
    SpanData span = spanOfTheRoute();
    assertThat(said(span, "llm.total.calls")).isEqualTo(String.valueOf(way.calls()));
    assertThat(said(span, "llm.total.input_tokens"))
        .isEqualTo(Objects.toString(routes.sum("gen_ai.usage.input_tokens"), null));
    assertThat(said(span, "llm.total.output_tokens"))
        .isEqualTo(Objects.toString(routes.sum("gen_ai.usage.output_tokens"), null));
    assertThat(said(span, "llm.total.cost.currency"))
        .isEqualTo(said(span, "llm.total.input_tokens") == null ? null : "EUR");
    assertThat(Double.parseDouble(requireNonNull(said(span, "llm.total.duration_s"))))
        .isCloseTo((double) routes.nanos() / 1e9, within(1e-6));
    assertThat(routes.telemetry.spans())
        .filteredOn(other -> !isOfARoute(other))
        .allSatisfy(other -> assertThat(said(other, "llm.total.calls")).isNull());
  }

  static Stream<Arguments> tracersAndWays() {
    return CamelTracer.any()
        .flatMap(tracer -> SummedWays.all().map(way -> Arguments.of(tracer, way)));
  }

  @Test
  void hasNumbersWithCamelOpentelemetry() throws Exception {
    CamelTracer.OPENTELEMETRY.addTo(routes.context);
    routes.start(in -> in.from("direct:start").to(SummedRoutes.LLM));

    OwnThread.run(routes::send);

    Attributes attributes = spanOfTheRoute().getAttributes();
    assertThat(attributes.get(longKey("llm.total.calls"))).isEqualTo(1);
    assertThat(attributes.get(doubleKey("llm.total.duration_s"))).isPositive();
  }

  @Test
  void hasTextWithCamelOpentelemetry2() throws Exception {
    CamelTracer.OPENTELEMETRY2.addTo(routes.context);
    routes.start(in -> in.from("direct:start").to(SummedRoutes.LLM));

    OwnThread.run(routes::send);

    routes.context.stop();
    assertThat(spanOfTheRoute().getAttributes().get(stringKey("llm.total.calls"))).isEqualTo("1");
  }

  @Test
  void saysNothingInTheStrictProfile() throws Exception {
    routes.context.getPropertiesComponent().addInitialProperty("camel.llm-otel.semconv", "strict");
    CamelTracer.OPENTELEMETRY.addTo(routes.context);
    routes.start(in -> in.from("direct:start").to(SummedRoutes.LLM));

    OwnThread.run(() -> assertThat(routes.send().getProperty("CamelLlmTotalCalls")).isEqualTo(1L));

    routes.context.stop();
    assertThat(said(spanOfTheRoute(), "llm.total.calls")).isNull();
  }

  @Test
  void saysNothingWithoutCallsNorDoesTheExchange() throws Exception {
    CamelTracer.OPENTELEMETRY.addTo(routes.context);
    routes.start(
        in -> in.from("direct:start").split(SummedWays.parts(in)).setHeader("a", in.constant("b")));

    OwnThread.run(
        () ->
            assertThat(routes.send().getProperties().keySet())
                .filteredOn(name -> name.startsWith("CamelLlmTotal"))
                .containsExactly("CamelLlmTotals"));

    assertThat(spanOfTheRoute().getAttributes().asMap().keySet())
        .extracting(AttributeKey::getKey)
        .noneMatch(key -> key.startsWith("llm."));
  }

  private SpanData spanOfTheRoute() {
    return routes.telemetry.spans().stream()
        .filter(span -> "direct://start".equals(said(span, "camel.uri")) && isOfARoute(span))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isOfARoute(SpanData span) {
    String operation = said(span, "op");
    return operation == null
        ? span.getKind() != SpanKind.CLIENT
        : operation.equals("EVENT_RECEIVED");
  }

  /** Whatever type it has. */
  private static @Nullable String said(SpanData span, String attribute) {
    return span.getAttributes().asMap().entrySet().stream()
        .filter(entry -> entry.getKey().getKey().equals(attribute))
        .map(entry -> entry.getValue().toString())
        .findFirst()
        .orElse(null);
  }
}
