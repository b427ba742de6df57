/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.tracing.ActiveSpanManager;
import org.apache.camel.tracing.SpanAdapter;
import org.jspecify.annotations.Nullable;

/** The span that camel-opentelemetry has active on an exchange. */
final class CamelTracingSpan {

  private static volatile boolean readable = true;

  private CamelTracingSpan() {}

  /** This thread's context with that span; null without camel-opentelemetry or such a span. */
  static @Nullable Context of(Exchange exchange) {
    if (!readable || exchange.getProperty(ExchangePropertyKey.OTEL_ACTIVE_SPAN) == null) {
      return null;
    }
    try {
      return Reader.read(exchange);
    } catch (LinkageError e) {
      readable = false; // A camel-tracing that has changed will not change back.
      return null;
    }
  }

  /** Apart, since it cannot be loaded without camel-tracing. */
  private static final class Reader {

    /** The span itself is nobody's to read, but it can be made current. */
    @SuppressWarnings("try") // a scope is there to be closed
    static @Nullable Context read(Exchange exchange) {
      SpanAdapter active = ActiveSpanManager.getSpan(exchange);
      if (active == null) {
        return null;
      }
      try (AutoCloseable scope = active.makeCurrent()) {
        Context context = Context.current();
        return holds(context, active.spanId()) ? context : null;
      } catch (Exception e) {
        return null; // A tracer that cannot be asked is none.
      }
    }

    /** Other tracers use camel-tracing too, not all of them with OpenTelemetry. */
    private static boolean holds(Context context, String spanId) {
      SpanContext span = Span.fromContext(context).getSpanContext();
      return span.isValid() && span.getSpanId().equals(spanId);
    }
  }
}
