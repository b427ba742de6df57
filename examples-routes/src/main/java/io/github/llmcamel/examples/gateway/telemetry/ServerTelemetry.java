/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import org.jspecify.annotations.Nullable;

/**
 * The span and the metrics of each request that a server takes: {@code POST /v1/chat/completions},
 * kind SERVER, {@code http.server.request.duration} and {@code http.server.active_requests}, as
 * OpenTelemetry's stable conventions for HTTP have them.
 *
 * <p>Where a span is already current when a request comes, somebody else, such as the Java agent,
 * watches the server: then that span is used, and there are no second ones and no second metrics.
 *
 * <p>Thread-safe.
 */
public final class ServerTelemetry {

  private static final String NAME = "io.github.llmcamel.gateway";
  private static final ServerTelemetry NONE = new ServerTelemetry(null, null);

  private final @Nullable Tracer tracer;
  private final @Nullable ServerMetrics metrics;

  private ServerTelemetry(@Nullable Tracer tracer, @Nullable ServerMetrics metrics) {
    this.tracer = tracer;
    this.metrics = metrics;
  }

  /**
   * Telemetry that goes to {@code openTelemetry}.
   *
   * @param openTelemetry null if there is none: then nothing is measured, and it costs nothing
   */
  public static ServerTelemetry of(@Nullable OpenTelemetry openTelemetry) {
    if (openTelemetry == null || openTelemetry == OpenTelemetry.noop()) {
      return NONE;
    }
    return new ServerTelemetry(
        openTelemetry.getTracer(NAME), new ServerMetrics(openTelemetry.getMeter(NAME)));
  }

  /** Begins with a request. To be called once its headers are in, on the thread that has them. */
  public ServerRequest start(RequestFacts facts) {
    if (tracer == null || metrics == null) {
      return ServerRequest.NONE;
    }
    Span current = Span.current();
    if (current.getSpanContext().isValid()) {
      return ServerRequest.ofOthers(current, facts);
    }
    Span span =
        facts
            .caller()
            .place(tracer.spanBuilder(HttpAttributes.spanName(facts)))
            .setSpanKind(SpanKind.SERVER)
            // Samplers see what is there before the start.
            .setAllAttributes(HttpAttributes.ofSpan(facts))
            .startSpan();
    return ServerRequest.own(span, metrics.start(facts));
  }
}
