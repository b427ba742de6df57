/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AggregationStrategies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an exchange says of the calls of those that it was aggregated from. */
class AggregateTotalsTest {

  private final SummedRoutes routes = new SummedRoutes();

  @AfterEach
  void close() {
    routes.close();
  }

  static Stream<AggregationStrategy> strategies() {
    return Stream.of(
        AggregationStrategies.useLatest(),
        (first, next) -> first == null ? next : first,
        AggregationStrategies.groupedBody(),
        AggregationStrategies.groupedExchange(),
        SummedWays::newExchange);
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void anAggregatedExchangeHasTheSumOfItsMembers(AggregationStrategy strategy) throws Exception {
    List<Exchange> aggregated = new CopyOnWriteArrayList<>();
    routes.start(
        in ->
            in.from("direct:start")
                .to(SummedRoutes.LLM)
                .aggregate(in.constant("all"), strategy)
                .completionSize(3)
                .to(SummedRoutes.LLM)
                .process(aggregated::add));

    List<Exchange> members = List.of(routes.send(), routes.send(), routes.send());

    await().untilAsserted(() -> assertThat(aggregated).hasSize(1));
    assertThat(members)
        .extracting(member -> member.getProperty("CamelLlmTotalCalls"))
        .containsOnly(1L);
    assertThat(aggregated.get(0).getProperty("CamelLlmTotalCalls")).isEqualTo(4L);
    routes.assertTokensOf(aggregated.get(0));
    assertThat(aggregated.get(0).getProperties()).doesNotContainKey("CamelLlmMembers");
  }

  @Test
  void membersThatAreOnePartsOfOneSplitShareOneSum() throws Exception {
    List<Exchange> aggregated = new CopyOnWriteArrayList<>();
    routes.start(
        in ->
            in.from("direct:start")
                .split(SummedWays.parts(in))
                .parallelProcessing()
                .to(SummedRoutes.LLM)
                .aggregate(in.constant("all"), AggregationStrategies.groupedBody())
                .completionSize(4)
                .to(SummedRoutes.LLM)
                .process(aggregated::add));

    Exchange exchange = routes.send();

    await().untilAsserted(() -> assertThat(aggregated).hasSize(1));
    assertThat(exchange.getProperty("CamelLlmTotalCalls", long.class)).isBetween(4L, 5L);
    assertThat(aggregated.get(0).getProperty("CamelLlmTotalCalls")).isEqualTo(5L);
  }

  @Test
  void theSumIsExactWhenExchangesRaceForTheirGroup() throws Exception {
    List<Exchange> aggregated = new CopyOnWriteArrayList<>();
    routes.start(
        in ->
            in.from("direct:start")
                .to(SummedRoutes.LLM)
                .aggregate(in.constant("all"), AggregationStrategies.useLatest())
                .optimisticLocking()
                .parallelProcessing()
                .completionSize(200)
                .process(aggregated::add));
    IntStream.range(0, 200)
        .mapToObj(
            number ->
                routes
                    .context
                    .createProducerTemplate()
                    .asyncSend("direct:start", exchange -> exchange.getMessage().setBody("?")))
        .toList()
        .forEach(CompletableFuture::join);

    await().untilAsserted(() -> assertThat(aggregated).hasSize(1));
    assertThat(aggregated.get(0).getProperty("CamelLlmTotalCalls")).isEqualTo(200L);
    routes.assertTokensOf(aggregated.get(0));
  }
}
