/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.logs.SdkLoggerProviderBuilder;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what was to be exported and has not arrived: what exporters failed to bring, and what
 * never got to them because a queue was full. Of several exporters of a signal the worst counts.
 * Thread-safe.
 */
final class ExportLosses {

  private static final Logger LOG = LoggerFactory.getLogger(ExportLosses.class);

  private final Tally spans = new Tally();
  private final Tally logRecords = new Tally();
  // Metrics are not queued but collected when they are exported.
  private final AtomicLong metrics = new AtomicLong();
  private final AtomicBoolean isSaid = new AtomicBoolean();

  /** Counts the spans of {@code provider}, if exporters of spans are watched. */
  SdkTracerProviderBuilder count(SdkTracerProviderBuilder provider) {
    return spans.hasExporter() ? provider.addSpanProcessor(new CountedSpans()) : provider;
  }

  /**
   * Counts the log records of {@code provider}, if exporters of them are watched: with a processor
   * but no exporter it would look as if it had somewhere to send them.
   */
  SdkLoggerProviderBuilder count(SdkLoggerProviderBuilder provider) {
    return logRecords.hasExporter()
        ? provider.addLogRecordProcessor((context, record) -> logRecords.expected.incrementAndGet())
        : provider;
  }

  SpanExporter watch(SpanExporter exporter) {
    return new WatchedSpans(exporter, spans.addExporter());
  }

  MetricExporter watch(MetricExporter exporter) {
    return new WatchedMetrics(exporter);
  }

  LogRecordExporter watch(LogRecordExporter exporter) {
    return new WatchedLogRecords(exporter, logRecords.addExporter());
  }

  /** What has not arrived, in words; empty if everything has. */
  String describe() {
    List<String> losses = new ArrayList<>();
    add(losses, spans.missing(), "spans");
    add(losses, metrics.get(), "metrics");
    add(losses, logRecords.missing(), "log records");
    return String.join(", ", losses);
  }

  /** The same, as the last that is said: exporters may go on trying after the end. */
  String total() {
    isSaid.set(true);
    return describe();
  }

  private static void add(List<String> losses, long count, String what) {
    if (count > 0) {
      losses.add(count + " " + what);
    }
  }

  /** Counts {@code size} of {@code what} as arrived once {@code export} has brought them. */
  private CompletableResultCode count(
      CompletableResultCode export, int size, String what, LongConsumer arrived) {
    return export.whenComplete(
        () -> {
          if (export.isSuccess()) {
            arrived.accept(size);
          } else {
            sayOnce(size, what);
          }
        });
  }

  /** Not why, which exporters log themselves, and not again: each further export may fail too. */
  private void sayOnce(int size, String what) {
    if (isSaid.compareAndSet(false, true)) {
      LOG.warn(
          "Telemetry does not arrive: {} {} could not be exported. Calls are not affected. Check"
              + " OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_EXPORTER_OTLP_HEADERS; what java.util.logging"
              + " has of io.opentelemetry says why. The total is logged at the end.",
          size,
          what);
    }
  }

  /** What was to be exported, and what arrived by each exporter. */
  private static final class Tally {
    private final AtomicLong expected = new AtomicLong();
    private final List<AtomicLong> arrived = new CopyOnWriteArrayList<>();

    private AtomicLong addExporter() {
      AtomicLong count = new AtomicLong();
      arrived.add(count);
      return count;
    }

    private boolean hasExporter() {
      return !arrived.isEmpty();
    }

    private long missing() {
      return arrived.stream().mapToLong(count -> expected.get() - count.get()).max().orElse(0);
    }
  }

  private final class CountedSpans implements SpanProcessor {

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
      return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
      // Others are recorded for processors only.
      if (span.getSpanContext().isSampled()) {
        spans.expected.incrementAndGet();
      }
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }
  }

  private final class WatchedSpans implements SpanExporter {
    private final SpanExporter exporter;
    private final AtomicLong arrived;

    private WatchedSpans(SpanExporter exporter, AtomicLong arrived) {
      this.exporter = exporter;
      this.arrived = arrived;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> batch) {
      return count(exporter.export(batch), batch.size(), "spans", arrived::addAndGet);
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
    private final AtomicLong arrived;

    private WatchedLogRecords(LogRecordExporter exporter, AtomicLong arrived) {
      this.exporter = exporter;
      this.arrived = arrived;
    }

    @Override
    public CompletableResultCode export(Collection<LogRecordData> batch) {
      return count(exporter.export(batch), batch.size(), "log records", arrived::addAndGet);
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
      metrics.addAndGet(batch.size());
      return count(
          exporter.export(batch), batch.size(), "metrics", size -> metrics.addAndGet(-size));
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
