/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An OpenTelemetry that keeps what it is given, and has the usual propagators.
 *
 * <p>When it is made and when it is closed, the global one is forgotten, which Camel's tracers and
 * other tests may have set.
 */
public final class InMemoryTelemetry implements AutoCloseable {

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
  private final InMemoryLogRecordExporter logs = InMemoryLogRecordExporter.create();
  private final Semaphore logged = new Semaphore(0);
  private final OpenTelemetrySdk sdk;

  /**
   * A point of a metric.
   *
   * @param value what a counter counted, or the sum of a histogram
   * @param count how many values a histogram took in; 1 for a counter
   */
  public record Point(Attributes attributes, double value, long count) {}

  public InMemoryTelemetry() {
    this(Sampler.alwaysOn());
  }

  public InMemoryTelemetry(Sampler sampler) {
    this(sampler, SpanProcessor.composite());
  }

  /**
   * @param first sees every span before it is kept
   */
  public InMemoryTelemetry(Sampler sampler, SpanProcessor first) {
    GlobalOpenTelemetry.resetForTest();
    sdk =
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .setSampler(sampler)
                    .addSpanProcessor(first)
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(metrics).build())
            .setLoggerProvider(
                SdkLoggerProvider.builder()
                    .addLogRecordProcessor(SimpleLogRecordProcessor.create(logs))
                    .addLogRecordProcessor((context, record) -> logged.release())
                    .build())
            .setPropagators(
                ContextPropagators.create(
                    TextMapPropagator.composite(
                        W3CTraceContextPropagator.getInstance(),
                        W3CBaggagePropagator.getInstance())))
            .build();
  }

  public OpenTelemetry openTelemetry() {
    return sdk;
  }

  public List<SpanData> spans() {
    return spans.getFinishedSpanItems();
  }

  /** The only span that is not an HTTP request's. */
  public SpanData onlySpan() {
    List<SpanData> others = spans().stream().filter(span -> !isOfRequest(span)).toList();
    assertThat(others).hasSize(1);
    return others.get(0);
  }

  /** The spans of HTTP requests. */
  public List<SpanData> requestSpans() {
    return spans().stream().filter(InMemoryTelemetry::isOfRequest).toList();
  }

  private static boolean isOfRequest(SpanData span) {
    return span.getAttributes().get(AttributeKey.stringKey("http.request.method")) != null;
  }

  public List<LogRecordData> logs() {
    return logs.getFinishedLogRecordItems();
  }

  public LogRecordData onlyLog() {
    assertThat(logs()).hasSize(1);
    return logs().get(0);
  }

  /** Waits for the next log record: the last that a call leaves. */
  public void awaitLog() {
    try {
      assertThat(logged.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** By name. */
  public Map<String, MetricData> metrics() {
    return metrics.collectAllMetrics().stream()
        .collect(Collectors.toMap(MetricData::getName, Function.identity()));
  }

  /** The points of a metric; none if nothing was recorded. */
  public List<Point> points(String metric) {
    MetricData data = metrics().get(metric);
    return data == null
        ? List.of()
        : data.getData().getPoints().stream().map(InMemoryTelemetry::point).toList();
  }

  /** The only point of {@code gen_ai.client.operation.duration}. */
  public HistogramPointData durationPoint() {
    MetricData metric = metrics().get("gen_ai.client.operation.duration");
    assertThat(metric).isNotNull();
    Collection<HistogramPointData> points = metric.getHistogramData().getPoints();
    assertThat(points).hasSize(1);
    return points.iterator().next();
  }

  @Override
  public void close() {
    sdk.close();
    GlobalOpenTelemetry.resetForTest();
  }

  private static Point point(PointData data) {
    if (data instanceof HistogramPointData histogram) {
      return new Point(data.getAttributes(), histogram.getSum(), histogram.getCount());
    }
    double value =
        data instanceof DoublePointData amount
            ? amount.getValue()
            : ((LongPointData) data).getValue();
    return new Point(data.getAttributes(), value, 1);
  }
}
