/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.telemetry;

import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * All metrics of a gateway, those of its model calls and those of its own requests, to be read at
 * any time.
 *
 * <p>To be opened before Camel starts: an OpenTelemetry SDK that camel-llm-otel builds from then on
 * keeps its metrics here, besides exporting them where its settings say. As that SDK there is one
 * in a JVM. {@link ExportDefaults} sees to it that one is built. Thread-safe.
 */
public final class GatewayMetrics implements AutoCloseable {

  /** Why there may be no metrics to read, for people. */
  public static final String WHY_NONE =
      "There are no metrics to read here. Either an OpenTelemetry of the application or of a Java"
          + " agent takes them: read them where it sends them. Or telemetry is off: remove"
          + " OTEL_SDK_DISABLED and camel.llm-otel.enabled, and write OTEL_METRICS_EXPORTER=gateway"
          + " instead of none. The line 'GenAI telemetry of ...' of the start says which it is.";

  private static final AtomicReference<@Nullable GatewayMetrics> OPEN = new AtomicReference<>();

  private volatile @Nullable PrometheusMetricReader reader;

  private GatewayMetrics() {}

  /**
   * Opens it.
   *
   * @throws IllegalStateException if another one is open
   */
  public static GatewayMetrics open() {
    GatewayMetrics metrics = new GatewayMetrics();
    if (!OPEN.compareAndSet(null, metrics)) {
      throw new IllegalStateException(
          "The metrics of another gateway are open in this JVM; close them first");
    }
    return metrics;
  }

  /** The one that is open; null without one. */
  static @Nullable GatewayMetrics current() {
    return OPEN.get();
  }

  /** A reader for an SDK that is being built: its metrics are read from then on. */
  MetricReader newReader() {
    PrometheusMetricReader ofSdk = PrometheusMetricReader.create();
    reader = ofSdk;
    return ofSdk;
  }

  /**
   * The metrics at this moment; null if they are not kept here, see {@link #WHY_NONE}.
   *
   * @param accept the header of whoever asks; null if it does not say
   */
  public @Nullable PrometheusText text(@Nullable String accept) {
    PrometheusMetricReader open = reader;
    return open == null ? null : PrometheusText.of(open.collect(), accept);
  }

  /** Lets another gateway be opened. Again has no effect. */
  @Override
  public void close() {
    OPEN.compareAndSet(this, null);
  }
}
