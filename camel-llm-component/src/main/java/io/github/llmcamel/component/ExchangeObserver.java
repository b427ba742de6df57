/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.observe.CallObserver;
import org.apache.camel.Exchange;

/**
 * Follows the model calls of exchanges: the door for telemetry.
 *
 * <p>Bind one in the Camel registry; every {@code llm:} producer looks it up by type when it
 * starts. If several are bound, all of them follow every call. Thread-safe. What it throws is
 * logged once and dropped; it never reaches the route.
 */
@FunctionalInterface
public interface ExchangeObserver {

  /**
   * Returns who follows the call that {@code exchange} is about to make.
   *
   * <p>Runs on the thread that calls the producer, before the call starts. Read the exchange here,
   * not later: when the call ends it may be elsewhere.
   */
  CallObserver observe(Exchange exchange);
}
