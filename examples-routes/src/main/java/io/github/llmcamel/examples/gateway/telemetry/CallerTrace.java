/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a request says it belongs to. Its baggage is never looked at.
 *
 * @param traceparent the header; null without one; what is not valid counts as none
 * @param tracestate the header; null without one
 */
public record CallerTrace(@Nullable String traceparent, @Nullable String tracestate, Trust trust) {

  /** Whether a caller may say where its requests belong. */
  public enum Trust {
    /** The request becomes a part of the caller's trace. */
    TRUSTED,
    /** The request starts a trace, with a link to the caller's. */
    UNTRUSTED
  }

  public CallerTrace {
    Objects.requireNonNull(trust, "trust");
  }

  /** Places a span below the caller's, or starts a trace with it. */
  SpanBuilder place(SpanBuilder span) {
    // Not the configured propagators: they may read baggage, and formats nobody asked for.
    Context caller =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), this, Headers.INSTANCE);
    if (trust == Trust.TRUSTED) {
      return span.setParent(caller);
    }
    SpanContext linked = Span.fromContext(caller).getSpanContext();
    span.setNoParent();
    return linked.isValid() ? span.addLink(linked) : span;
  }

  private enum Headers implements TextMapGetter<CallerTrace> {
    INSTANCE;

    @Override
    public Iterable<String> keys(CallerTrace trace) {
      return List.of("traceparent", "tracestate");
    }

    @Override
    public @Nullable String get(@Nullable CallerTrace trace, String name) {
      if (trace == null) {
        return null;
      }
      return switch (name) {
        case "traceparent" -> trace.traceparent;
        case "tracestate" -> trace.tracestate;
        default -> null;
      };
    }
  }
}
