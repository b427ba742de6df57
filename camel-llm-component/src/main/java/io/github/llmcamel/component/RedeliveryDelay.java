/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.error.LlmException;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Lets Camel's error handler wait as long as a provider asks, if the route repeats the call. What
 * we set is taken back before it can rule another step; what the route has set stays.
 */
final class RedeliveryDelay {

  /** Longer waits are the route's to arrange: nobody knows what holds an exchange for hours. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private static final String OURS = "CamelLlmRedeliveryDelay";

  private RedeliveryDelay() {}

  /** The call has failed. */
  static void ask(Exchange exchange, Exception failure) {
    Duration wait = failure instanceof LlmException answer ? wait(answer) : null;
    if (wait == null) {
      forget(exchange);
    } else {
      exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, wait.toMillis());
      exchange.setProperty(OURS, true);
    }
  }

  /** A call begins, or has succeeded. */
  static void forget(Exchange exchange) {
    if (exchange.removeProperty(OURS) != null) {
      exchange.getMessage().removeHeader(Exchange.REDELIVERY_DELAY);
    }
  }

  private static @Nullable Duration wait(LlmException failure) {
    Duration wait = failure.isRetryable() ? failure.getRetryAfter() : null;
    return wait == null || wait.compareTo(LONGEST) > 0 ? null : wait;
  }
}
