/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.otel.genai.GenAiAttributes;
import io.github.llmcamel.otel.testkit.CamelTracer;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.otel.testkit.OwnThread;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.aggregate.GroupedExchangeAggregationStrategy;
import org.apache.camel.processor.aggregate.UseLatestAggregationStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is made of many exchanges is in the trace of one of them and linked to the others. */
class AggregateTest {

  private static final String LLM = "llm:simulator?model=demo";

  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();
  private final CamelContext context = new DefaultCamelContext();

  @AfterEach
  void stop() {
    context.stop();
    telemetry.close();
  }

  @ParameterizedTest
  @EnumSource
  void theCallsOfAnAggregateAreInOneTraceAndLinkedToTheOthers(CamelTracer tracer) throws Exception {
    start(tracer, new GroupedExchangeAggregationStrategy(), 3);

    ask(3);

    List<SpanData> after = chatsOf("after", 2);
    Set<String> members = traces(chatsOf("before", 3));
    assertThat(members).hasSize(3);
    assertThat(after).allSatisfy(span -> assertThat(linked(span)).hasSize(2));
    assertThat(after)
        .allSatisfy(span -> assertThat(linked(span)).doesNotContain(span.getTraceId()));
    assertThat(after).allSatisfy(span -> assertThat(members).containsAll(linked(span)));
    assertThat(members).containsAll(traces(after));
    assertThat(traces(after)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void soAreThoseOfAStrategyThatKeepsTheLatest(CamelTracer tracer) throws Exception {
    start(tracer, new UseLatestAggregationStrategy(), 3);

    ask(3);

    SpanData after = chatsOf("after", 2).get(0);
    Set<String> members = traces(chatsOf("before", 3));
    assertThat(linked(after)).hasSize(2);
    assertThat(members).contains(after.getTraceId()).containsAll(linked(after));
  }

  @ParameterizedTest
  @EnumSource
  void soAreThoseOfAStrategyThatMakesExchangesOfItsOwn(CamelTracer tracer) throws Exception {
    start(
        tracer, (before, added) -> ExchangeBuilder.anExchange(context).withBody("Hi?").build(), 3);

    ask(3);

    SpanData after = chatsOf("after", 2).get(0);
    Set<String> members = traces(chatsOf("before", 3));
    assertThat(members).contains(after.getTraceId()).containsAll(linked(after));
    assertThat(linked(after)).hasSize(2);
  }

  @Test
  void anAggregateOfAggregatesIsLinkedToAllTheirMembers() throws Exception {
    start(
        CamelTracer.NONE,
        routes -> {
          aggregate(routes, "direct:start", new GroupedExchangeAggregationStrategy(), 2)
              .accept("direct:again");
          aggregate(routes, "direct:again", new GroupedExchangeAggregationStrategy(), 2)
              .accept("direct:after");
          routes.from("direct:after").routeId("after").to(LLM);
        });

    ask(4);

    assertThat(linked(chatsOf("after", 1).get(0))).hasSize(3);
  }

  @Test
  void partsOfOneExchangeAreNotLinkedToEachOther() throws Exception {
    start(
        CamelTracer.NONE,
        routes -> {
          routes.from("direct:start").split(routes.constant(List.of(1, 2, 3))).to("direct:part");
          aggregate(routes, "direct:part", new GroupedExchangeAggregationStrategy(), 3)
              .accept("direct:after");
          routes.from("direct:after").routeId("after").to(LLM);
        });

    ask(1);

    SpanData after = chatsOf("after", 1).get(0);
    assertThat(after.getLinks()).isEmpty();
    assertThat(traces(telemetry.spans())).containsExactly(after.getTraceId());
  }

  @Test
  void thereAreNotMoreThan32Links() throws Exception {
    start(CamelTracer.NONE, new GroupedExchangeAggregationStrategy(), 40);

    ask(40);

    assertThat(chatsOf("after", 2)).allSatisfy(span -> assertThat(span.getLinks()).hasSize(32));
  }

  private void start(CamelTracer tracer, AggregationStrategy strategy, int size) throws Exception {
    start(
        tracer,
        routes -> {
          aggregate(routes, "direct:start", strategy, size).accept("direct:after");
          routes.from("direct:after").routeId("after").to(LLM).to(LLM);
        });
  }

  /** A call of each member, and then what is made of them. */
  private static Consumer<String> aggregate(
      RouteBuilder routes, String from, AggregationStrategy strategy, int size) {
    return to ->
        routes
            .from(from)
            .routeId(from.equals("direct:start") || from.equals("direct:part") ? "before" : from)
            .to(LLM)
            .aggregate(routes.constant(true), strategy)
            .completionSize(size)
            .to(to);
  }

  private void start(CamelTracer tracer, Consumer<RouteBuilder> routes) throws Exception {
    context.getRegistry().bind("openTelemetry", telemetry.openTelemetry());
    tracer.addTo(context);
    RouteBuilder.addRoutes(context, routes::accept);
    context.start();
  }

  private void ask(int times) {
    for (int i = 0; i < times; i++) {
      OwnThread.run(() -> context.createProducerTemplate().requestBody("direct:start", "Hi?"));
    }
  }

  /** Waits for them: an aggregate goes on by itself. */
  private List<SpanData> chatsOf(String route, int count) {
    await().pollDelay(Duration.ZERO).until(() -> chatsOf(route).size() == count);
    return chatsOf(route);
  }

  private List<SpanData> chatsOf(String route) {
    return telemetry.spans().stream()
        .filter(span -> span.getName().equals("chat demo"))
        .filter(span -> route.equals(span.getAttributes().get(GenAiAttributes.CAMEL_ROUTE_ID)))
        .toList();
  }

  private static Set<String> traces(List<SpanData> spans) {
    return spans.stream().map(SpanData::getTraceId).collect(Collectors.toSet());
  }

  private static Set<String> linked(SpanData span) {
    return span.getLinks().stream()
        .map(LinkData::getSpanContext)
        .map(context -> context.getTraceId())
        .collect(Collectors.toSet());
  }
}
