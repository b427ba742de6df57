/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSendingEvent;

/**
 * Remembers where an exchange comes from when a template sends it: behind a seda queue, the first
 * node is on another thread.
 */
public final class FirstLook extends ExchangeListener {

  /** Hears of exchanges that are sent. */
  public FirstLook() {
    setIgnoreExchangeSendingEvents(false);
  }

  @Override
  public void notify(CamelEvent event) {
    if (event instanceof ExchangeSendingEvent sending) {
      ExchangeTrace.remember(sending.getExchange());
    }
  }
}
