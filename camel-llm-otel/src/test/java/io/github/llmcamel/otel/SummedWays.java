/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/** Ways on which every call has ended and is counted when the exchange has arrived. */
final class SummedWays {

  private static final String LLM = SummedRoutes.LLM;
  private static final List<String> PARTS = List.of("a", "b", "c", "d");

  private SummedWays() {}

  static Stream<Way> all() {
    return Stream.of(
        new Way("two stages", 2, in -> in.from("direct:start").to(LLM).to(LLM)),
        new Way(
            "direct",
            3,
            in -> {
              in.from("direct:start").to(LLM).to("direct:sub").to(LLM);
              in.from("direct:sub").to(LLM);
            }),
        new Way(
            "seda that is waited for",
            2,
            in -> {
              in.from("direct:start").to("seda:next?waitForTaskToComplete=Always");
              in.from("seda:next?pollTimeout=10").to(LLM).to(LLM);
            }),
        new Way("split", 5, in -> in.from("direct:start").split(parts(in)).to(LLM).end().to(LLM)),
        split("split whose strategy keeps the first", AggregationStrategies.useOriginal()),
        split("split whose strategy keeps the last", AggregationStrategies.useLatest()),
        split("split whose strategy groups", AggregationStrategies.groupedExchange()),
        split("split whose strategy makes a new exchange", SummedWays::newExchange),
        new Way(
            "split in a split",
            8,
            in ->
                in.from("direct:start")
                    .split(in.constant(List.of(1, 2)))
                    .parallelProcessing()
                    .split(parts(in))
                    .parallelProcessing()
                    .to(LLM)),
        new Way(
            "multicast", 3, in -> in.from("direct:start").multicast().to(LLM, LLM).end().to(LLM)),
        new Way(
            "parallel multicast, its strategy makes a new exchange",
            2,
            in ->
                in.from("direct:start")
                    .multicast(SummedWays::newExchange)
                    .parallelProcessing()
                    .to(LLM, LLM)),
        new Way(
            "parallel recipient list",
            3,
            in ->
                in.from("direct:start")
                    .recipientList(in.constant(List.of(LLM, LLM, LLM)))
                    .parallelProcessing()),
        new Way(
            "enrich",
            2,
            in -> in.from("direct:start").enrich(LLM).enrich(LLM, SummedWays::newExchange)),
        new Way("loop", 3, in -> in.from("direct:start").loop(3).copy().to(LLM)),
        new Way("toD", 1, in -> in.from("direct:start").toD(LLM)),
        new Way("routing slip", 2, in -> in.from("direct:start").routingSlip(slip(in))),
        new Way("threads and a delay", 2, SummedWays::otherThreads),
        new Way(
            "redelivery",
            3,
            in ->
                in.from("direct:start")
                    .onException(Exception.class)
                    .maximumRedeliveries(2)
                    .redeliveryDelay(0)
                    .handled(true)
                    .end()
                    .to(LLM + "&extra.fail=500")));
  }

  private static void otherThreads(RouteBuilder in) {
    in.from("direct:start").to(LLM).threads(1).delay(1).asyncDelayed().to(LLM);
  }

  private static Way split(String name, AggregationStrategy strategy) {
    return new Way(
        name,
        5,
        in ->
            in.from("direct:start")
                .split(parts(in), strategy)
                .parallelProcessing()
                .to(LLM)
                .end()
                .to(LLM));
  }

  /** A strategy that keeps neither. */
  static Exchange newExchange(@Nullable Exchange oldExchange, Exchange newExchange) {
    Exchange made = new DefaultExchange(newExchange.getContext());
    made.getMessage().setBody("made");
    return made;
  }

  static Expression parts(RouteBuilder in) {
    return in.constant(PARTS);
  }

  private static Expression slip(RouteBuilder in) {
    return in.constant(LLM + "," + LLM);
  }
}
