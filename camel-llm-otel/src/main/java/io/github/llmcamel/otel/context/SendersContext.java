/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import io.opentelemetry.context.Context;
import org.apache.camel.Exchange;
import org.apache.camel.Ordered;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeAsyncProcessingStartedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSendingEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.jspecify.annotations.Nullable;

/**
 * Gives a thread that sends with a template its context back, which Camel's tracers may replace by
 * one of their spans for good.
 *
 * <p>It comes before those tracers: what is current when an exchange is sent is still the thread's
 * own. Sending from a node is the business of {@link TracedNode}.
 */
public final class SendersContext extends ExchangeListener implements Ordered {

  private static final String PROPERTY = "CamelLlmSender";

  /** Hears of exchanges that are sent. */
  public SendersContext() {
    setIgnoreExchangeSendingEvents(false);
    setIgnoreExchangeAsyncProcessingStartedEvents(false);
    setIgnoreExchangeSentEvents(false);
  }

  @Override
  public int getOrder() {
    return HIGHEST;
  }

  @Override
  public void notify(CamelEvent event) {
    if (event instanceof ExchangeSendingEvent sending && isOutsideOfRoutes(sending.getExchange())) {
      remember(sending.getExchange());
    } else if (event instanceof ExchangeAsyncProcessingStartedEvent started) {
      restore(started.getExchange());
    } else if (event instanceof ExchangeSentEvent sent && isOutsideOfRoutes(sent.getExchange())) {
      restore(sent.getExchange());
      forget(sent.getExchange());
    }
  }

  /** A template has no unit of work yet, or no more. */
  private static boolean isOutsideOfRoutes(Exchange exchange) {
    return exchange.getUnitOfWork() == null;
  }

  /** A copy keeps what it was copied with: an exchange takes over properties of its copies. */
  private static void remember(Exchange exchange) {
    Sender sender = exchange.getProperty(PROPERTY, Sender.class);
    if (sender == null || sender.isDone) {
      exchange.setProperty(PROPERTY, new Sender(exchange.getExchangeId()));
    }
  }

  /** On another thread there is nothing to restore. */
  private static void restore(Exchange exchange) {
    Sender sender = sender(exchange);
    if (sender != null && sender.thread == Thread.currentThread()) {
      CurrentContext.restore(sender.context);
    }
  }

  /** It may be sent again, and its thread may not be through with it yet. */
  private static void forget(Exchange exchange) {
    Sender sender = sender(exchange);
    if (sender != null) {
      sender.isDone = true;
    }
  }

  /** Null for a copy too. */
  private static @Nullable Sender sender(Exchange exchange) {
    Sender sender = exchange.getProperty(PROPERTY, Sender.class);
    return sender != null && sender.exchangeId.equals(exchange.getExchangeId()) ? sender : null;
  }

  private static final class Sender {
    private final Thread thread = Thread.currentThread();
    private final Context context = Context.current();
    private final String exchangeId;
    private volatile boolean isDone;

    private Sender(String exchangeId) {
      this.exchangeId = exchangeId;
    }
  }
}
