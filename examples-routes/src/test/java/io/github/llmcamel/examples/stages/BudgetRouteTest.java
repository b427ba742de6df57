/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.component.LlmConstants;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Documents that share a budget and are under way together, with the simulator. */
class BudgetRouteTest {

  private static final String ASK = "llm:simulator?model=demo&maxTokens=100";
  private static final String TEXT = "Dear all, the train is late again. ".repeat(40);
  private static final int AT_ONCE = 8;

  private final CamelContext context = new DefaultCamelContext();
  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE);

  @AfterEach
  void stop() {
    context.stop();
    senders.shutdownNow();
    pool.shutdownNow();
  }

  @Test
  void aBudgetForSomeCallsIsUsedUpAndNotExceeded() throws Exception {
    context.addRoutes(route("direct:alone", ASK));
    context.start();
    long each = tokens(send("direct:alone", 0));
    int calls = 12;
    Budget budget = Budget.ofTokens(calls * each);
    bind(budget);
    context.addRoutes(route("direct:start", ASK + "&extra.firstTokenMs=5"));

    List<Future<Exchange>> documents = new ArrayList<>();
    for (int i = 0; i < 3 * calls; i++) {
      int number = i;
      documents.add(senders.submit(() -> send("direct:start", number)));
    }

    long spent = 0;
    int answered = 0;
    for (Future<Exchange> document : documents) {
      Exchange exchange = document.get(30, TimeUnit.SECONDS);
      if (exchange.getException() == null) {
        answered++;
        spent += tokens(exchange);
      } else {
        assertThat(exchange.getException()).isInstanceOf(BudgetSpentException.class);
      }
    }
    assertThat(answered).isBetween(calls - 1, calls);
    assertThat(spent).isLessThanOrEqualTo(calls * each);
    assertThat(budget.exhausted()).isNotNull();
  }

  @Test
  void documentsThatWaitEndWithTheirContext() throws Exception {
    CountDownLatch waiting = new CountDownLatch(AT_ONCE - 1);
    Budget forOne = Budget.ofTokens(2000);
    bind(
        request -> {
          CallGate.Pass pass = forOne.enter(request);
          if (pass == null) {
            waiting.countDown();
          }
          return pass;
        });
    context.addRoutes(route("direct:start", ASK + "&extra.firstTokenMs=3600000"));
    context.start();
    List<Future<Exchange>> documents = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      int number = i;
      documents.add(senders.submit(() -> send("direct:start", number)));
    }
    assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();

    context.getShutdownStrategy().setTimeout(1);
    context.stop();

    for (Future<Exchange> document : documents) {
      assertThat(document.get(10, TimeUnit.SECONDS).getException()).isNotNull();
    }
  }

  private void bind(CallGate gate) {
    context
        .getCamelContextExtension()
        .addInterceptStrategy(
            new StageInterceptor(
                new MapMemory(), gate, pool, false, StageInterceptor.Answers.OF_MODELS));
  }

  private static RouteBuilder route(String from, String ask) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from(from).errorHandler(noErrorHandler()).to(ask);
      }
    };
  }

  private Exchange send(String endpoint, int number) {
    return context
        .createProducerTemplate()
        .send(
            endpoint,
            exchange -> {
              exchange.getMessage().setBody(TEXT);
              DocumentStages.begin(exchange, number + ".txt");
            });
  }

  private static long tokens(Exchange exchange) {
    return exchange.getMessage().getHeader(LlmConstants.INPUT_TOKENS, Long.class)
        + exchange.getMessage().getHeader(LlmConstants.OUTPUT_TOKENS, Long.class);
  }
}
