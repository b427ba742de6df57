/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The metrics of an HTTP server. Thread-safe. */
final class ServerMetrics {

  private static final List<Double> BOUNDS =
      List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final DoubleHistogram duration;
  private final LongUpDownCounter active;

  ServerMetrics(Meter meter) {
    duration =
        meter
            .histogramBuilder("http.server.request.duration")
            .setUnit("s")
            .setDescription("Duration of HTTP server requests.")
            .setExplicitBucketBoundariesAdvice(BOUNDS)
            .build();
    active =
        meter
            .upDownCounterBuilder("http.server.active_requests")
            .setUnit("{request}")
            .setDescription("Number of active HTTP server requests.")
            .build();
  }

  /** Counts a request in. */
  Running start(RequestFacts facts) {
    Attributes attributes = HttpAttributes.ofActiveRequests(facts);
    active.add(1, attributes);
    return new Running(facts, attributes, System.nanoTime());
  }

  /** A request that was counted in. */
  final class Running {
    private final RequestFacts facts;
    private final Attributes ofActive;
    private final long startNanos;

    private Running(RequestFacts facts, Attributes ofActive, long startNanos) {
      this.facts = facts;
      this.ofActive = ofActive;
      this.startNanos = startNanos;
    }

    /**
     * Counts it out.
     *
     * @param context has its span, for exemplars
     */
    void end(Context context, int status, @Nullable String errorType) {
      active.add(-1, ofActive);
      duration.record(
          (System.nanoTime() - startNanos) / NANOS_PER_SECOND,
          HttpAttributes.ofDuration(facts, status, errorType),
          context);
    }
  }
}
