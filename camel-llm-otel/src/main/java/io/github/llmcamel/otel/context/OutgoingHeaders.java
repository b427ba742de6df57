/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import org.apache.camel.Endpoint;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSendingEvent;

/**
 * Names the trace of an exchange in the headers {@code traceparent} and {@code tracestate} of what
 * it sends to other systems, unless a tracer of Camel does.
 *
 * <p>What they name already is overwritten once the trace is known, and left alone before. Baggage
 * is never sent.
 */
public final class OutgoingHeaders extends ExchangeListener {

  /** Hears of exchanges that are sent. */
  public OutgoingHeaders() {
    setIgnoreExchangeSendingEvents(false);
  }

  @Override
  public void notify(CamelEvent event) {
    if (event instanceof ExchangeSendingEvent sending && leaves(sending.getEndpoint())) {
      ExchangeTrace.of(sending.getExchange()).nameIn(sending.getExchange().getMessage());
    }
  }

  /** A call has headers of its own. */
  private static boolean leaves(Endpoint endpoint) {
    return endpoint.isRemote() && !endpoint.getEndpointUri().startsWith("llm:");
  }
}
