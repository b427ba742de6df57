/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.client.CallControl;
import io.github.llmcamel.client.CallListener;
import io.github.llmcamel.client.Ending;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.observe.Cancellation;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets an exchange go on at the first event of its call, with the stream. */
final class LiveAnswer implements CallListener {

  private static final Logger LOG = LoggerFactory.getLogger(LlmStream.class);

  private final WaitingExchange waiting;
  private final BoundCall call;
  private final AnswerWriter writer;
  private final LlmStream<?> stream;
  private final @Nullable String routeId;
  private boolean wentOn;

  LiveAnswer(WaitingExchange waiting, BoundCall call, AnswerWriter writer, LlmStream<?> stream) {
    this.waiting = waiting;
    this.call = call;
    this.writer = writer;
    this.stream = stream;
    this.routeId = ExchangeHelper.getRouteId(waiting.exchange());
  }

  @Override
  public void starting(CallControl control) {
    stream.sink().starting(control);
  }

  @Override
  public boolean event(ChatEvent event) {
    boolean wantsMore = stream.sink().event(event);
    if (!wentOn) {
      wentOn = true;
      waiting.goOn(() -> write(waiting.exchange(), event));
    }
    return wantsMore;
  }

  @Override
  public void ended(Ending ending) {
    stream.sink().ended(ending);
    if (!wentOn) {
      wentOn = true;
      waiting.goOn(() -> writer.write(waiting.exchange(), call, ending));
    }
    report(ending);
  }

  /** The reader of an abandoned stream may never look at it again, and hear of it. */
  private void report(Ending ending) {
    if (ending instanceof Ending.Cancelled cancelled
        && cancelled.reason() == Cancellation.ABANDONED) {
      LOG.warn(
          "{} {} was abandoned: nothing was taken from it for longer than consumerTimeout, so its"
              + " call is ended. Read a live answer to its end, close() it, or use"
              + " streamMode=aggregate.",
          stream,
          routeId == null ? "outside of routes" : "in route " + routeId);
    }
  }

  private void write(Exchange exchange, ChatEvent first) {
    // First, so that the stream has an owner whatever happens next.
    exchange.getExchangeExtension().addOnCompletion(new Owner(stream));
    writer.writeStream(exchange, call, stream, first);
  }

  /** Closes the stream with its exchange, unless somebody else owns it by then. */
  private static final class Owner extends SynchronizationAdapter {
    private final LlmStream<?> stream;

    private Owner(LlmStream<?> stream) {
      this.stream = stream;
    }

    @Override
    public void onDone(Exchange exchange) {
      boolean isStillTheBody = !exchange.isFailed() && exchange.getMessage().getBody() == stream;
      if (!(isStillTheBody && hasHeir(exchange)) && !stream.hasSubscriber()) {
        stream.closeWithExchange();
      }
    }

    /**
     * Whether somebody gets this exchange's body: its caller, or the exchange it was split from.
     */
    private static boolean hasHeir(Exchange exchange) {
      return exchange.getPattern().isOutCapable()
          || exchange.getProperty(ExchangePropertyKey.STREAM_CACHE_UNIT_OF_WORK) != null;
    }
  }
}
