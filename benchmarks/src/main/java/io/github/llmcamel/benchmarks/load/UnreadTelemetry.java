/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.load;

import io.github.llmcamel.otel.LlmTelemetry;
import io.github.llmcamel.otel.genai.TelemetrySettings;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;

/** Telemetry that does everything but leave the process. */
public final class UnreadTelemetry {

  private UnreadTelemetry() {}

  /** Telemetry that goes to {@link #openTelemetry}. */
  public static LlmTelemetry create(Sampler sampler, TelemetrySettings settings) {
    return LlmTelemetry.create(openTelemetry(sampler), settings);
  }

  /** Aggregates metrics that nobody collects, and drops spans and log records. */
  public static OpenTelemetry openTelemetry(Sampler sampler) {
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .setSampler(sampler)
                .addSpanProcessor(SimpleSpanProcessor.create(SpanExporter.composite()))
                .build())
        .setMeterProvider(
            SdkMeterProvider.builder().registerMetricReader(new UnreadMetrics()).build())
        .setLoggerProvider(
            SdkLoggerProvider.builder()
                .addLogRecordProcessor((LogRecordProcessor) (context, record) -> {})
                .build())
        .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
        .build();
  }

  private static final class UnreadMetrics implements MetricReader {
    @Override
    public void register(CollectionRegistration registration) {}

    @Override
    public CompletableResultCode forceFlush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType instrumentType) {
      return AggregationTemporality.CUMULATIVE;
    }
  }
}
