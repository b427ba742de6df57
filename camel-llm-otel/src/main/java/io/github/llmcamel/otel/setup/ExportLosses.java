/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what was handed to exporters and has not arrived. Thread-safe. */
final class ExportLosses {

  private final AtomicLong spans = new AtomicLong();
  private final AtomicLong metrics = new AtomicLong();
  private final AtomicLong logRecords = new AtomicLong();

  SpanExporter watch(SpanExporter exporter) {
    return new WatchedSpans(exporter);
  }

  MetricExporter watch(MetricExporter exporter) {
    return new WatchedMetrics(exporter);
  }

  LogRecordExporter watch(LogRecordExporter exporter) {
    return new WatchedLogRecords(exporter);
  }

  /** What has not arrived, in words; empty if everything has. */
  String describe() {
    List<String> losses = new ArrayList<>();
    add(losses, spans, "spans");
    add(losses, metrics, "metrics");
    add(losses, logRecords, "log records");
    return String.join(", ", losses);
  }

  private static void add(List<String> losses, AtomicLong count, String what) {
    if (count.get() > 0) {
      losses.add(count.get() + " " + what);
    }
  }

  private static CompletableResultCode count(
      AtomicLong missing, int size, CompletableResultCode export) {
    missing.addAndGet(size);
    return export.whenComplete(
        () -> {
          if (export.isSuccess()) {
            missing.addAndGet(-size);
          }
        });
  }

  private final class WatchedSpans implements SpanExporter {
    private final SpanExporter exporter;

    private WatchedSpans(SpanExporter exporter) {
      this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> batch) {
      return count(spans, batch.size(), exporter.export(batch));
    }

    @Override
    public CompletableResultCode flush() {
      return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return exporter.shutdown();
    }
  }

  private final class WatchedLogRecords implements LogRecordExporter {
    private final LogRecordExporter exporter;

    private WatchedLogRecords(LogRecordExporter exporter) {
      this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<LogRecordData> batch) {
      return count(logRecords, batch.size(), exporter.export(batch));
    }

    @Override
    public CompletableResultCode flush() {
      return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return exporter.shutdown();
    }
  }

  private final class WatchedMetrics implements MetricExporter {
    private final MetricExporter exporter;

    private WatchedMetrics(MetricExporter exporter) {
      this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<MetricData> batch) {
      if (getAggregationTemporality(InstrumentType.HISTOGRAM)
          == AggregationTemporality.CUMULATIVE) {
        // This export repeats all that the ones before it failed to bring.
        metrics.set(0);
      }
      return count(metrics, batch.size(), exporter.export(batch));
    }

    @Override
    public CompletableResultCode flush() {
      return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return exporter.shutdown();
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
      return exporter.getAggregationTemporality(type);
    }

    @Override
    public Aggregation getDefaultAggregation(InstrumentType type) {
      return exporter.getDefaultAggregation(type);
    }

    @Override
    public MemoryMode getMemoryMode() {
      return exporter.getMemoryMode();
    }
  }
}
