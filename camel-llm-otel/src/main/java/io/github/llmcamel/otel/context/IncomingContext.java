/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** The trace that an exchange comes from. */
final class IncomingContext {

  /** The baggage entry by which camel-opentelemetry2 marks a context that it made current. */
  private static final String LEFT_BY_CAMEL = "camelScope";

  private IncomingContext() {}

  /**
   * The context that is current on this thread; else the one that the headers {@code traceparent}
   * and {@code tracestate} name; null if neither holds a span that is to be trusted.
   */
  static @Nullable Context of(Exchange exchange) {
    Context current = Context.current();
    if (hasSpan(current) && !isLeftBehind(current)) {
      return current;
    }
    // Not the configured propagators: what a header means does not depend on settings here.
    Context named =
        W3CTraceContextPropagator.getInstance()
            .extract(Context.root(), exchange.getMessage(), Headers.INSTANCE);
    return hasSpan(named) ? named : null;
  }

  private static boolean hasSpan(Context context) {
    return Span.fromContext(context).getSpanContext().isValid();
  }

  /**
   * camel-opentelemetry2 leaves its context current on the calling thread of an asynchronous
   * producer, where it would become the parent of work that has nothing to do with it.
   */
  static boolean isLeftBehind(Context context) {
    return Baggage.fromContext(context).getEntryValue(LEFT_BY_CAMEL) != null;
  }

  private enum Headers implements TextMapGetter<Message> {
    INSTANCE;

    @Override
    public Iterable<String> keys(Message message) {
      return message.getHeaders().keySet();
    }

    @Override
    public @Nullable String get(@Nullable Message message, String name) {
      return message == null ? null : IncomingHeaders.text(message.getHeader(name));
    }
  }
}
