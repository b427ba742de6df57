/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Which redelivery of its exchange a call belongs to.
 *
 * <p>Camel leaves its counter on the message when an attempt succeeds. So it counts only within a
 * node that was entered with more on the counter than the node before.
 */
public final class Redelivery {

  private static final String CURRENT = "CamelLlmRedelivery";
  private static final String SEEN = "CamelLlmRedeliverySeen";

  private Redelivery() {}

  /**
   * The redelivery that {@code exchange} is in: 1 for the second attempt; null in a first attempt.
   */
  public static @Nullable Integer counter(Exchange exchange) {
    return exchange.getProperty(CURRENT, Integer.class);
  }

  /**
   * Tells whether {@code exchange} enters a node for another attempt.
   *
   * @param done what the node reports to
   * @return what the node has to report to instead
   */
  static AsyncCallback enter(Exchange exchange, AsyncCallback done) {
    int counter = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, int.class);
    int seen = exchange.getProperty(SEEN, 0, int.class);
    if (counter == seen) {
      return done;
    }
    exchange.setProperty(SEEN, counter);
    return counter < seen ? done : within(exchange, counter, done);
  }

  private static AsyncCallback within(Exchange exchange, int counter, AsyncCallback done) {
    Integer outer = counter(exchange);
    exchange.setProperty(CURRENT, counter);
    return doneSync -> {
      if (outer == null) {
        exchange.removeProperty(CURRENT);
      } else {
        exchange.setProperty(CURRENT, outer);
      }
      done.done(doneSync);
    };
  }
}
