/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.llmcamel.otel.context.ExchangeTotals;
import io.github.llmcamel.otel.context.Totals;
import io.github.llmcamel.price.Cost;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an exchange says of its calls, whatever way it took. */
class ExchangeTotalsTest {

  private static final String LIVE = SummedRoutes.LLM + "&stream=true";

  private final SummedRoutes routes = new SummedRoutes();

  @AfterEach
  void close() {
    routes.close();
  }

  @ParameterizedTest
  @MethodSource("io.github.llmcamel.otel.SummedWays#all")
  void theExchangeHasTheSumOfItsCalls(Way way) throws Exception {
    routes.start(way.routes());

    Exchange exchange = routes.send();

    assertThat(routes.chats()).hasSize(way.calls());
    assertThat(exchange.getProperty("CamelLlmTotalCalls")).isEqualTo((long) way.calls());
    routes.assertTokensOf(exchange);
    routes.assertCostOf(exchange);
    assertThat((Long) exchange.getProperty("CamelLlmTotalMillis"))
        .isCloseTo(TimeUnit.NANOSECONDS.toMillis(routes.nanos()), within(1L));
  }

  @Test
  void theSumIsExactWhenHundredsOfPartsAddToItAtOnce() throws Exception {
    List<Integer> parts = IntStream.range(0, 500).boxed().toList();
    routes.start(
        in ->
            in.from("direct:start")
                .split(in.constant(parts))
                .parallelProcessing()
                .to(SummedRoutes.LLM)
                .end());

    Exchange exchange = routes.send();

    assertThat(exchange.getProperty("CamelLlmTotalCalls")).isEqualTo(500L);
    routes.assertTokensOf(exchange);
  }

  @Test
  void costsOfSeveralCurrenciesAreNoSum() {
    Exchange exchange = new DefaultExchange(routes.context);
    ExchangeTotals totals = ExchangeTotals.of(exchange);
    totals.add(exchange, costing("1.10", "EUR"));
    totals.add(exchange, costing("0.90", "EUR"));
    totals.add(exchange, Totals.ofCall(null, null, 1, null));
    assertThat(exchange.getProperty("CamelLlmTotalCost")).isEqualTo(new BigDecimal("2"));

    totals.add(exchange, costing("1", "USD"));

    assertThat(exchange.getProperty("CamelLlmTotalCost")).isNull();
    assertThat(exchange.getProperty("CamelLlmTotalCostCurrency")).isNull();
    assertThat(exchange.getProperty("CamelLlmTotalCalls")).isEqualTo(4L);
  }

  @Test
  void exchangesAtOnceHaveSumsOfTheirOwn() throws Exception {
    routes.start(
        in ->
            in.from("direct:start")
                .to(SummedRoutes.LLM)
                .split(SummedWays.parts(in))
                .parallelProcessing()
                .to(SummedRoutes.LLM));

    List<CompletableFuture<Exchange>> exchanges =
        IntStream.range(0, 20)
            .mapToObj(
                number ->
                    routes
                        .context
                        .createProducerTemplate()
                        .asyncSend("direct:start", exchange -> exchange.getMessage().setBody("?")))
            .toList();

    assertThat(exchanges)
        .extracting(exchange -> exchange.join().getProperty("CamelLlmTotalCalls"))
        .containsOnly(5L);
  }

  @Test
  void eachNodeSeesTheSumOfTheNodesBefore() throws Exception {
    routes.start(
        in ->
            in.from("direct:start")
                .to(SummedRoutes.LLM)
                .setProperty("first", in.exchangeProperty("CamelLlmTotalOutputTokens"))
                .to(SummedRoutes.LLM)
                .setProperty("both", in.exchangeProperty("CamelLlmTotalOutputTokens")));

    Exchange exchange = routes.send();

    assertThat(exchange.getProperty("first", long.class))
        .isLessThan(exchange.getProperty("both", long.class));
  }

  @Test
  void simpleCanCompareAndPrint() throws Exception {
    routes.start(
        in ->
            in.from("direct:start")
                .to(SummedRoutes.LLM)
                .choice()
                .when(in.simple("${exchangeProperty.CamelLlmTotalInputTokens} > 1000000"))
                .setBody(in.constant("too many"))
                .when(in.simple("${exchangeProperty.CamelLlmTotalCalls} == 1"))
                .setBody(in.simple("calls: ${exchangeProperty.CamelLlmTotalCalls}")));

    assertThat(routes.send().getMessage().getBody()).isEqualTo("calls: 1");
  }

  @Test
  void aCallThatNobodyCountedHasNoTokens() throws Exception {
    routes.start(
        in ->
            in.from("direct:start")
                .doTry()
                .to(SummedRoutes.LLM + "&extra.fail=500")
                .doCatch(Exception.class));

    Exchange exchange = routes.send();

    assertThat(exchange.getProperty("CamelLlmTotalCalls")).isEqualTo(1L);
    assertThat(exchange.getProperty("CamelLlmTotalMillis")).isInstanceOf(Long.class);
    assertThat(exchange.getProperties())
        .doesNotContainKeys("CamelLlmTotalInputTokens", "CamelLlmTotalOutputTokens");
  }

  @Test
  void aCallWithoutARouteCountsToo() throws Exception {
    routes.start(in -> {});

    Exchange exchange = routes.send(SummedRoutes.LLM);

    assertThat(exchange.getProperty("CamelLlmTotalCalls")).isEqualTo(1L);
    routes.assertTokensOf(exchange);
  }

  @Test
  void aLiveAnswerCountsWhenItsStreamHasEnded() throws Exception {
    routes.start(
        in ->
            in.from("direct:start")
                .to(LIVE + "&extra.tokensPerSecond=20")
                .setProperty("begun", in.exchangeProperty("CamelLlmTotalCalls"))
                .process(ExchangeTotalsTest::readToTheEnd)
                .setProperty("ended", in.exchangeProperty("CamelLlmTotalCalls")));

    Exchange exchange = routes.send();

    assertThat(exchange.getProperty("begun")).isNull();
    assertThat(exchange.getProperty("ended")).isEqualTo(1L);
    routes.assertTokensOf(exchange);
  }

  @Test
  void aLiveAnswerThatTheCallerReadsCountsToo() throws Exception {
    routes.start(in -> in.from("direct:start").to(LIVE));

    Exchange exchange =
        routes
            .context
            .createProducerTemplate()
            .send("direct:start", ExchangePattern.InOut, in -> in.getMessage().setBody("Hi?"));
    readToTheEnd(exchange);

    assertThat(exchange.getProperty("CamelLlmTotalCalls")).isEqualTo(1L);
    routes.assertTokensOf(exchange);
  }

  @Test
  void whatAWireTapSpendsCountsToTheExchangeItCameFrom() throws Exception {
    CountDownLatch tapped = new CountDownLatch(1);
    routes.start(
        in -> {
          in.from("direct:start")
              .wireTap("direct:tap")
              .process(e -> tapped.await())
              .to(SummedRoutes.LLM);
          in.from("direct:tap").to(SummedRoutes.LLM).process(e -> tapped.countDown());
        });

    assertThat(routes.send().getProperty("CamelLlmTotalCalls")).isEqualTo(2L);
  }

  @Test
  void anExchangeThatPollsAnotherHasTheSumOfBoth() throws Exception {
    routes.start(
        in -> {
          in.from("direct:other").to(SummedRoutes.LLM).to("seda:spent");
          in.from("direct:start")
              .to(SummedRoutes.LLM)
              .pollEnrich("seda:spent", 1_000)
              .to(SummedRoutes.LLM);
        });
    routes.send("direct:other");

    assertThat(routes.send().getProperty("CamelLlmTotalCalls")).isEqualTo(3L);
  }

  private static void readToTheEnd(Exchange exchange) {
    Iterator<?> pieces = exchange.getMessage().getBody(Iterator.class);
    pieces.forEachRemaining(piece -> {});
  }

  private static Totals costing(String amount, String currency) {
    return Totals.ofCall(
        null, null, 1, new Cost(new BigDecimal(amount), Currency.getInstance(currency)));
  }
}
