/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The trace that the calls of one exchange belong to, as it is at one node. Thread-safe.
 *
 * <p>An exchange and its copies (the parts of a split, what a seda queue hands on) share what is
 * remembered: Camel copies the property that holds it.
 */
public final class ExchangeTrace {

  /** The exchange property that holds what the exchange and its copies share. */
  public static final String PROPERTY = "CamelLlmTrace";

  private final @Nullable Context camelSpan;
  private final @Nullable Object telemetrySpan;
  private final SharedTrace shared;
  private final List<SpanContext> joined;

  private ExchangeTrace(
      @Nullable Context camelSpan,
      @Nullable Object telemetrySpan,
      SharedTrace shared,
      List<SpanContext> joined) {
    this.camelSpan = camelSpan;
    this.telemetrySpan = telemetrySpan;
    this.shared = shared;
    this.joined = joined;
  }

  /**
   * The trace of {@code exchange} at this moment.
   *
   * <p>The first look remembers where the exchange comes from. It must be taken before the exchange
   * is copied, or each copy has a trace of its own.
   */
  public static ExchangeTrace of(Exchange exchange) {
    Context camelSpan = camelSpan(exchange);
    return new ExchangeTrace(
        camelSpan,
        CamelTelemetrySpan.active(exchange),
        shared(exchange, camelSpan),
        JoinedTraces.spans(exchange));
  }

  /** Takes the first look at {@code exchange}, unless it has been taken. */
  static void remember(Exchange exchange) {
    if (exchange.getProperty(PROPERTY) == null) {
      shared(exchange, camelSpan(exchange));
    }
  }

  private static SharedTrace shared(Exchange exchange, @Nullable Context camelSpan) {
    SharedTrace shared = exchange.getProperty(PROPERTY, SharedTrace.class);
    if (shared == null) {
      shared = new SharedTrace(camelSpan == null ? IncomingContext.of(exchange) : camelSpan);
      exchange.setProperty(PROPERTY, shared);
    }
    return shared;
  }

  /**
   * Starts the span of a call: below the span that Camel's tracer has active on the exchange; else
   * below the span that the exchange came from; else below the first call, which starts the trace.
   *
   * @param start starts a span below the context it is given (the root: a trace of its own) and
   *     returns that context with the span; called once, on this thread
   * @return what {@code start} returned
   */
  public Context start(UnaryOperator<Context> start) {
    return camelSpan == null ? shared.start(start) : start.apply(camelSpan);
  }

  /** Writes the headers that name the trace, if it is known and no tracer of Camel writes them. */
  void nameIn(Message message) {
    Context parent = shared.parent();
    if (camelSpan == null && parent != null) {
      message.removeHeader("tracestate"); // Most traces have none, and then nothing is written.
      W3CTraceContextPropagator.getInstance().inject(parent, message, Message::setHeader);
    }
  }

  /**
   * Spans of the traces that the exchange was aggregated from: one of each, its own among them, 33
   * at most; none if it was not aggregated.
   */
  public List<SpanContext> joined() {
    return joined;
  }

  /**
   * What this thread needs as its current context to be in this trace; null if it already is, or if
   * no span of the trace is known yet.
   */
  public @Nullable Context missing() {
    Context known = camelSpan == null ? shared.parent() : camelSpan;
    return known == null || isInTrace(Context.current(), known) ? null : known;
  }

  /** Adds to the span that Camel's tracer had active: at the start of a node, that of its route. */
  void describeRoute(Function<Totals, Attributes> description, Totals totals) {
    if (telemetrySpan != null) {
      CamelTelemetrySpan.describe(telemetrySpan, description.apply(totals));
    } else if (camelSpan != null) {
      Span.fromContext(camelSpan).setAllAttributes(description.apply(totals));
    }
  }

  /** A span of this trace that somebody else made current is nearer than the one we know. */
  private static boolean isInTrace(Context current, Context known) {
    return traceId(known).equals(traceId(current)) && !IncomingContext.isLeftBehind(current);
  }

  private static @Nullable Context camelSpan(Exchange exchange) {
    Context ofTracing = CamelTracingSpan.of(exchange);
    return ofTracing == null ? CamelTelemetrySpan.of(exchange) : ofTracing;
  }

  private static String traceId(Context context) {
    return Span.fromContext(context).getSpanContext().getTraceId();
  }
}
