/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Message;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCreatedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Writes the headers {@code traceparent} and {@code tracestate} as text where they come as bytes,
 * as Kafka delivers them: camel-opentelemetry2 reads nothing else, and would start another trace.
 *
 * <p>An exchange is told here before any route, and so any tracer, has it.
 */
public final class IncomingHeaders extends ExchangeListener {

  private static final List<String> NAMES = List.of("traceparent", "tracestate");

  /** Hears of new exchanges. */
  public IncomingHeaders() {
    setIgnoreExchangeCreatedEvent(false);
  }

  @Override
  public void notify(CamelEvent event) {
    if (event instanceof ExchangeCreatedEvent created) {
      Message message = created.getExchange().getIn();
      for (String name : NAMES) {
        if (message.getHeader(name) instanceof byte[] bytes) {
          message.setHeader(name, text(bytes));
        }
      }
    }
  }

  /** Null for what is neither text nor bytes. */
  static @Nullable String text(@Nullable Object header) {
    if (header instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.US_ASCII);
    }
    return header instanceof String text ? text : null;
  }
}
