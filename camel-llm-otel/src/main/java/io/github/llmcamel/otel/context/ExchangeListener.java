/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import org.apache.camel.support.SimpleEventNotifierSupport;

/** Hears of exchanges alone, and of those of their events that it asks for. */
abstract class ExchangeListener extends SimpleEventNotifierSupport {

  ExchangeListener() {
    setIgnoreCamelContextEvents(true);
    setIgnoreCamelContextInitEvents(true);
    setIgnoreRouteEvents(true);
    setIgnoreServiceEvents(true);
    setIgnoreExchangeEvents(false);
  }
}
