/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ContinuationTest {

  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
  private final CompletableFuture<String> awaited = new CompletableFuture<>();
  private final AtomicInteger done = new AtomicInteger();

  @Test
  void theExchangeGoesOnWithWhatWasAwaited() {
    assertThat(await(awaited, value -> exchange.getMessage().setBody(value))).isFalse();
    assertThat(done).hasValue(0);

    awaited.complete("here");

    assertThat(done).hasValue(1);
    assertThat(exchange.getMessage().getBody()).isEqualTo("here");
  }

  @Test
  void whatItFailedWithIsTheFailureOfTheExchange() {
    IOException failure = new IOException("gone");
    await(awaited.thenApply(value -> value), value -> exchange.getMessage().setBody(value));

    awaited.completeExceptionally(failure);

    assertThat(done).hasValue(1);
    assertThat(exchange.getException()).isSameAs(failure);
  }

  @Test
  void aStepThatThrowsAnythingStillGoesOn() {
    await(
        awaited,
        value -> {
          throw new StackOverflowError("deep");
        });

    awaited.complete("here");

    assertThat(done).hasValue(1);
    assertThat(exchange.getException()).hasRootCauseInstanceOf(StackOverflowError.class);
  }

  private boolean await(CompletableFuture<String> what, Continuation.Step<String> step) {
    return Continuation.await(
        what, Runnable::run, exchange, doneSync -> done.incrementAndGet(), step);
  }
}
