/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * A span of the whole batch, and one for each document, which is the root of a trace of its own and
 * links to that of the batch: a span keeps 128 links, so not the other way round.
 */
final class BatchSpans implements AutoCloseable {

  private static final String SCOPE = "io.github.llmcamel.examples.batch";
  private static final String DOCUMENT = "llm.batch.document";
  private static final String DOCUMENTS = "llm.batch.documents";

  private final Tracer tracer;
  private final Span batch;

  private BatchSpans(Tracer tracer, Span batch) {
    this.tracer = tracer;
    this.batch = batch;
  }

  /**
   * Begins the span of the batch, in the telemetry that {@code camel} has; none if it has none.
   *
   * @param documents how many there are; null if nobody knows
   */
  static BatchSpans begin(CamelContext camel, @Nullable Long documents) {
    OpenTelemetry telemetry = camel.getRegistry().findSingleByType(OpenTelemetry.class);
    Tracer tracer = (telemetry == null ? OpenTelemetry.noop() : telemetry).getTracer(SCOPE);
    SpanBuilder batch = tracer.spanBuilder("batch").setNoParent();
    if (documents != null) {
      batch.setAttribute(DOCUMENTS, documents);
    }
    return new BatchSpans(tracer, batch.startSpan());
  }

  /**
   * Begins the span of a document. The calls of its exchange, in other processes too, are below it.
   *
   * @return to be ended by {@link #end}
   */
  Span begin(Exchange exchange, String document) {
    Span span =
        tracer
            .spanBuilder("batch document")
            .setNoParent()
            .setAttribute(DOCUMENT, document)
            .addLink(batch.getSpanContext())
            .startSpan();
    W3CTraceContextPropagator.getInstance()
        .inject(Context.root().with(span), exchange.getMessage(), BatchSpans::setHeader);
    return span;
  }

  private static void setHeader(@Nullable Message message, String name, String value) {
    if (message != null) {
      message.setHeader(name, value);
    }
  }

  /** The document is through. */
  static void end(Span span, Exchange exchange) {
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    if (failure != null) {
      span.setStatus(StatusCode.ERROR, String.valueOf(failure.getMessage()));
    }
    span.end();
  }

  @Override
  public void close() {
    batch.end();
  }
}
