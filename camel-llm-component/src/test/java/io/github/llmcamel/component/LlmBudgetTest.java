/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.llmcamel.error.LlmBudgetExceededException;
import io.github.llmcamel.error.LlmBudgetExceededException.Budget;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Providers;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the calls of an exchange may come to. */
class LlmBudgetTest extends CamelTestSupport {

  private static final String PRICES =
      """
      provider,model,input,cachedInput,cacheWriteInput,output,currency,date,source
      simulator,demo,1000000,,,1000000,EUR,2026-01-31,https://acme.example/prices
      """;

  @TempDir private static Path folder;

  private final AtomicInteger calls = new AtomicInteger();

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext created = super.createCamelContext();
    LlmComponent component = new LlmComponent();
    component.setPriceTable("file:" + prices());
    created.addComponent("llm", component);
    created
        .getRegistry()
        .bind(
            "acme",
            Provider.builder("acme")
                .baseUrl(Providers.SIMULATOR_SCHEME + "://acme/v1")
                .maxEmbeddingInputs(2)
                .build());
    created
        .getRegistry()
        .bind(
            "observer",
            (ExchangeObserver)
                exchange ->
                    call -> {
                      calls.incrementAndGet();
                      return CallObservation.NONE;
                    });
    return created;
  }

  private static Path prices() throws IOException {
    return Files.writeString(folder.resolve("prices.csv"), PRICES);
  }

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        String llm = "llm:simulator?model=demo";
        // Built first, so that no budget is known yet.
        from("direct:early").split(body()).parallelProcessing().to("direct:part");
        from("direct:part").to(llm + "&maxCallsPerExchange=3");

        from("direct:runaway").loopDoWhile(constant(true)).to(llm + "&maxCallsPerExchange=5");
        from("direct:mixed").to(llm).to(llm).to(llm + "&maxCallsPerExchange=2");
        from("direct:tokens").loopDoWhile(constant(true)).to(llm + "&maxTokensPerExchange=100");
        from("direct:cost").loopDoWhile(constant(true)).to(llm + "&maxCostPerExchange=100.5");
        from("direct:unpriced").to("llm:vllm?model=other&maxCostPerExchange=1");
        from("direct:free").to("llm:simulator?model=other&maxCostPerExchange=1");
        from("direct:live")
            .loopDoWhile(constant(true))
            .to(llm + "&stream=true&maxTokensPerExchange=1")
            .split(body())
            .streaming()
            .to("log:piece?level=TRACE")
            .end()
            .setBody(constant("Again"));
        from("direct:retried")
            .onException(Exception.class)
            .maximumRedeliveries(9)
            .redeliveryDelay(1)
            .end()
            .to("llm:simulator?model=demo&maxCallsPerExchange=4&extra.fail=500");
        from("direct:handled")
            .onException(LlmBudgetExceededException.class)
            .handled(true)
            .setBody(simple("${exception.budget} ${exception.limit} ${exception.spent}"))
            .end()
            .to(llm)
            .to(llm + "&maxCallsPerExchange=1");
        from("direct:tapped").wireTap("seda:tap").end().to(llm).to("seda:rest");
        from("seda:tap?pollTimeout=20").to(llm).to("mock:tapped");
        from("seda:rest?pollTimeout=20").delay(constant(1)).to("mock:rest");
        from("direct:multicast")
            .multicast()
            .to("direct:part", "direct:part", "direct:part", "direct:part");
        from("direct:embeddings").to("llm:acme?operation=embeddings&model=m&maxCallsPerExchange=2");
      }
    };
  }

  @Test
  void aRunawayRouteStops() {
    Exchange exchange = send("direct:runaway", "Hello");

    assertThat(calls).hasValue(5);
    assertThat(exchange.getException())
        .isInstanceOf(LlmBudgetExceededException.class)
        .hasMessage(
            "maxCallsPerExchange=5 is used up: the calls of this exchange have come to 5. Look for"
                + " what makes the route call again and again, or raise the option; the provider"
                + " was not asked.")
        .asInstanceOf(type(LlmBudgetExceededException.class))
        .satisfies(
            failure -> {
              assertThat(failure.getBudget()).isEqualTo(Budget.CALLS);
              assertThat(failure.getLimit()).isEqualByComparingTo("5");
              assertThat(failure.getSpent()).isEqualByComparingTo("5");
              assertThat(failure.getCurrency()).isNull();
              assertThat(failure.isRetryable()).isFalse();
              assertThat(failure.getStatusCode()).isZero();
            });
  }

  @Test
  void eachExchangeHasItsOwn() {
    assertThat(send("direct:handled", "Hello").getMessage().getBody()).isEqualTo("CALLS 1 1");
    assertThat(send("direct:handled", "Hello").getMessage().getBody()).isEqualTo("CALLS 1 1");
  }

  @Test
  void callsOfEndpointsWithoutABudgetCountToo() {
    assertThat(send("direct:mixed", "Hello").getException())
        .isInstanceOf(LlmBudgetExceededException.class);
    assertThat(calls).hasValue(2);
  }

  @Test
  void thePartsOfASplitShareOneBudgetAlsoWhereItsRouteKnewOfNone() {
    send("direct:early", IntStream.range(0, 20).mapToObj(i -> "Part " + i).toList());

    assertThat(calls).hasValue(3);
  }

  @Test
  void theBranchesOfAMulticastShareOneBudget() {
    send("direct:multicast", "Hello");

    assertThat(calls).hasValue(3);
  }

  @Test
  void tokensAreCountedAsTheProviderCountsThem() {
    LlmBudgetExceededException failure = budgetOf(send("direct:tokens", "Hello"));

    assertThat(failure.getBudget()).isEqualTo(Budget.TOKENS);
    assertThat(failure.getSpent()).isGreaterThanOrEqualTo(BigDecimal.valueOf(100));
    assertThat(calls).hasValueGreaterThan(1);
  }

  @Test
  void costIsCountedInTheCurrencyOfThePrice() {
    LlmBudgetExceededException failure = budgetOf(send("direct:cost", "Hello"));

    assertThat(failure.getBudget()).isEqualTo(Budget.COST);
    assertThat(failure.getCurrency()).hasToString("EUR");
    assertThat(failure)
        .hasMessageStartingWith("maxCostPerExchange=100.5 is used up: the calls of this exchange")
        .hasMessageContaining(" EUR. ");
  }

  @Test
  void withABudgetOfCostAModelWithoutAPriceIsNotCalled() {
    assertThat(send("direct:unpriced", "Hello").getException())
        .isInstanceOf(LlmRequestException.class)
        .hasMessage(
            "There is no price of the model 'other' of llm:vllm, so that maxCostPerExchange"
                + " cannot be kept. Give it a row in camel.component.llm.price-table, or leave the"
                + " option away; the provider was not asked.");
    assertThat(calls).hasValue(0);
  }

  @Test
  void theSimulatorNeedsNoPrice() {
    assertThat(send("direct:free", "Hello").getException()).isNull();
    assertThat(calls).hasValue(1);
  }

  @Test
  void aLiveAnswerCountsWhenItHasEnded() {
    assertThat(budgetOf(send("direct:live", "Hello")).getBudget()).isEqualTo(Budget.TOKENS);
    assertThat(calls).hasValue(1);
  }

  @Test
  void everyAttemptCounts() {
    assertThat(send("direct:retried", "Hello").getException())
        .isInstanceOf(LlmBudgetExceededException.class);
    assertThat(calls).hasValue(4);
  }

  @Test
  void whatAWireTapTakesAndWhatGoesThroughAQueueIsOfTheSameExchange() throws Exception {
    MockEndpoint tapped = getMockEndpoint("mock:tapped");
    MockEndpoint rest = getMockEndpoint("mock:rest");
    tapped.expectedMessageCount(1);
    rest.expectedMessageCount(1);
    template.sendBody("direct:tapped", "Hello");
    MockEndpoint.assertIsSatisfied(context);

    assertThat(spending(tapped)).isSameAs(spending(rest));
  }

  @Test
  void eachRequestForEmbeddingsCounts() {
    assertThat(send("direct:embeddings", List.of("a", "b", "c", "d", "e")).getException())
        .isInstanceOf(LlmBudgetExceededException.class);
    assertThat(calls).hasValue(2);
  }

  @Test
  void aBudgetOfNothingIsRefused() {
    for (String option :
        List.of("maxCallsPerExchange", "maxTokensPerExchange", "maxCostPerExchange")) {
      assertThatThrownBy(() -> context.getEndpoint("llm:simulator?model=m&" + option + "=-1"))
          .rootCause()
          .hasMessage(option + " is -1; it must be above 0, or be left away for no limit.");
    }
  }

  @Test
  void aBudgetForAllEndpointsHoldsForThoseThatAreMadeLater() throws Exception {
    try (DefaultCamelContext dynamic = new DefaultCamelContext()) {
      LlmComponent component = new LlmComponent();
      component.getConfiguration().setMaxCallsPerExchange(2);
      dynamic.addComponent("llm", component);
      dynamic.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:split")
                  .split(body())
                  .parallelProcessing()
                  .toD("llm:simulator?model=${body}");
            }
          });
      dynamic.start();
      dynamic
          .createProducerTemplate()
          .send(
              "direct:split",
              exchange -> exchange.getMessage().setBody(List.of("a", "b", "c", "d")));

      assertThat(component.getTotalCalls()).isEqualTo(2);
    }
  }

  @Test
  void aCostThatIsNoNumberIsRefused() {
    assertThatThrownBy(() -> context.getEndpoint("llm:simulator?model=m&maxCostPerExchange=1 EUR"))
        .hasStackTraceContaining(
            "maxCostPerExchange is '1 EUR'; it must be a decimal number above 0, such as 0.50.");
  }

  private static Object spending(MockEndpoint mock) {
    return ExchangeSpending.of(mock.getExchanges().get(0));
  }

  private static LlmBudgetExceededException budgetOf(Exchange exchange) {
    return (LlmBudgetExceededException) exchange.getException();
  }

  private Exchange send(String uri, Object body) {
    return template.send(uri, exchange -> exchange.getMessage().setBody(body));
  }
}
