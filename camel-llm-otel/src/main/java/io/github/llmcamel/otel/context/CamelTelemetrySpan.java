/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.telemetry.SpanStorageManager;
import org.apache.camel.telemetry.SpanStorageManagerExchange;
import org.apache.camel.telemetry.Tracer;
import org.jspecify.annotations.Nullable;

/** The span that camel-opentelemetry2 has active on an exchange. */
final class CamelTelemetrySpan {

  /** The exchange property under which camel-telemetry keeps its spans. */
  private static final String PROPERTY = "tracing.activeSpan";

  /** The exchange property that keeps the ids of the span: to be told them takes long. */
  private static final String KNOWN = "CamelLlmActiveSpan";

  private static volatile boolean readable = true;

  private CamelTelemetrySpan() {}

  /**
   * A context with that span and nothing else; null without camel-opentelemetry2 or such a span.
   */
  static @Nullable Context of(Exchange exchange) {
    if (!readable || exchange.getProperty(PROPERTY) == null) {
      return null;
    }
    try {
      return Reader.read(exchange);
    } catch (LinkageError e) {
      readable = false; // A camel-telemetry that has changed will not change back.
      return null;
    } catch (RuntimeException e) {
      return null; // A tracer that cannot be asked is none.
    }
  }

  /** That span itself, to be described later; null without camel-opentelemetry2 or such a span. */
  static @Nullable Object active(Exchange exchange) {
    if (!readable || exchange.getProperty(PROPERTY) == null) {
      return null;
    }
    try {
      return Reader.SPANS.peek(exchange);
    } catch (LinkageError e) {
      readable = false;
      return null;
    }
  }

  /** Adds attributes to what {@link #active} returned: as text, since it takes nothing else. */
  static void describe(Object active, Attributes attributes) {
    Reader.describe((org.apache.camel.telemetry.Span) active, attributes);
  }

  /**
   * A span that was active on an exchange.
   *
   * @param ids not valid if it is none of OpenTelemetry
   */
  private record Known(Object active, SpanContext ids) {}

  /** Apart, since it cannot be loaded without camel-telemetry. */
  private static final class Reader {

    private static final String OF_OPENTELEMETRY = "org.apache.camel.opentelemetry2.";
    private static final SpanStorageManager SPANS = new SpanStorageManagerExchange();

    static @Nullable Context read(Exchange exchange) {
      org.apache.camel.telemetry.Span active = SPANS.peek(exchange);
      if (active == null) {
        return null;
      }
      Known known = exchange.getProperty(KNOWN, Known.class);
      if (known == null || known.active != active) {
        known = new Known(active, ids(active, exchange.getContext().hasService(Tracer.class)));
        exchange.setProperty(KNOWN, known);
      }
      return known.ids.isValid() ? Context.root().with(span(known.ids)) : null;
    }

    static void describe(org.apache.camel.telemetry.Span active, Attributes attributes) {
      attributes.forEach((key, value) -> active.setTag(key.getKey(), value.toString()));
    }

    /** The span itself is nobody's to read, but its ids are told to whoever sends them on. */
    private static SpanContext ids(
        org.apache.camel.telemetry.Span active, @Nullable Tracer tracer) {
      // Other tracers use camel-telemetry too, and their ids are none of OpenTelemetry.
      if (tracer == null || !active.getClass().getName().startsWith(OF_OPENTELEMETRY)) {
        return SpanContext.getInvalid();
      }
      Map<String, String> told = new HashMap<>();
      tracer.getSpanLifecycleManager().inject(active, told::put, true);
      SpanContext named =
          Span.fromContext(
                  W3CTraceContextPropagator.getInstance()
                      .extract(Context.root(), told, Told.INSTANCE))
              .getSpanContext();
      // Without propagators nobody tells whether it is sampled: most are.
      TraceFlags flags = named.isValid() ? named.getTraceFlags() : TraceFlags.getSampled();
      return SpanContext.create(
          told.getOrDefault(Tracer.TRACE_HEADER, ""),
          told.getOrDefault(Tracer.SPAN_HEADER, ""),
          flags,
          named.getTraceState());
    }

    private static Span span(SpanContext ids) {
      Span current = Span.current();
      SpanContext ofCurrent = current.getSpanContext();
      return ofCurrent.getSpanId().equals(ids.getSpanId())
              && ofCurrent.getTraceId().equals(ids.getTraceId())
          ? current
          : Span.wrap(ids);
    }
  }

  private enum Told implements TextMapGetter<Map<String, String>> {
    INSTANCE;

    @Override
    public Iterable<String> keys(Map<String, String> told) {
      return told.keySet();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> told, String name) {
      return told == null ? null : told.get(name);
    }
  }
}
