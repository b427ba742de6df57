/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCreatedEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Gives each new exchange what its calls are counted in, before a node can copy it: copies that
 * find nothing there would have a budget each. Listens only where there are budgets.
 */
final class SpendingListener extends SimpleEventNotifierSupport {

  private volatile boolean listening;

  SpendingListener() {
    setIgnoreCamelContextEvents(true);
    setIgnoreCamelContextInitEvents(true);
    setIgnoreRouteEvents(true);
    setIgnoreServiceEvents(true);
    setIgnoreExchangeEvents(false);
    setIgnoreExchangeCreatedEvent(false);
  }

  /** Listens from now on, if it does not yet. */
  synchronized void listen(CamelContext context) {
    if (!listening) {
      ServiceHelper.startService(this);
      context.getManagementStrategy().addEventNotifier(this);
      listening = true;
    }
  }

  /** Listens no more. */
  synchronized void leave(CamelContext context) {
    if (listening) {
      context.getManagementStrategy().removeEventNotifier(this);
      listening = false;
    }
  }

  boolean isListening() {
    return listening;
  }

  @Override
  public void notify(CamelEvent event) {
    if (event instanceof ExchangeCreatedEvent created) {
      ExchangeSpending unused = ExchangeSpending.of(created.getExchange());
    }
  }
}
