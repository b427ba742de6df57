/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.testkit.CapturedLog;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.logs.LoggerProvider;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricExporter;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.testing.trace.TestSpanData;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExportLossesTest {

  private static final SpanData SPAN =
      TestSpanData.builder()
          .setName("span")
          .setKind(SpanKind.CLIENT)
          .setStatus(StatusData.unset())
          .setHasEnded(true)
          .setStartEpochNanos(1)
          .setEndEpochNanos(2)
          .build();
  private static final MetricData METRIC = metric();

  private final ExportLosses losses = new ExportLosses();

  @Test
  void countsNothingThatArrives() {
    InMemorySpanExporter spans = InMemorySpanExporter.create();
    InMemoryLogRecordExporter records = InMemoryLogRecordExporter.create();
    SpanExporter watchedSpans = losses.watch(spans);
    LogRecordExporter watchedRecords = losses.watch(records);
    try (OpenTelemetrySdk sdk = sdk(watchedSpans, watchedRecords)) {
      endOneSpan(sdk);
      emitOneRecord(sdk);
      losses.watch(InMemoryMetricExporter.create()).export(List.of(METRIC));

      assertThat(spans.getFinishedSpanItems()).hasSize(1);
      assertThat(records.getFinishedLogRecordItems()).hasSize(1);
      assertThat(losses.describe()).isEmpty();
    }
  }

  @Test
  void countsEachSignalThatAnExporterRefuses() {
    InMemorySpanExporter spans = InMemorySpanExporter.create();
    InMemoryLogRecordExporter records = InMemoryLogRecordExporter.create();
    try (OpenTelemetrySdk sdk = sdk(losses.watch(spans), losses.watch(records))) {
      spans.shutdown();
      records.shutdown();
      endOneSpan(sdk);
      endOneSpan(sdk);
      emitOneRecord(sdk);

      assertThat(losses.describe()).isEqualTo("2 spans, 1 log records");
    }
  }

  @Test
  void countsWhatIsStillOnItsWayAndWhatHadNoPlaceInTheQueue() throws Exception {
    CompletableResultCode answer = new CompletableResultCode();
    CountDownLatch exporting = new CountDownLatch(1);
    SpanExporter slow =
        new AnsweringExporter(answer) {
          @Override
          public CompletableResultCode export(Collection<SpanData> spans) {
            exporting.countDown();
            return super.export(spans);
          }
        };
    BatchSpanProcessor queue =
        BatchSpanProcessor.builder(losses.watch(slow))
            .setMaxQueueSize(2)
            .setMaxExportBatchSize(1)
            .build();
    try (OpenTelemetrySdk sdk = sdk(queue)) {
      endOneSpan(sdk);
      exporting.await();
      for (int i = 0; i < 5; i++) {
        endOneSpan(sdk);
      }

      assertThat(losses.describe()).as("1 on its way, 2 queued, 3 dropped").isEqualTo("6 spans");
      answer.succeed();
      queue.forceFlush().join(10, TimeUnit.SECONDS);
      assertThat(losses.describe()).isEqualTo("3 spans");
    }
  }

  @Test
  void countsNoSpanThatIsNotSampled() {
    SpanExporter exporter = losses.watch(InMemorySpanExporter.create());
    SdkTracerProvider tracing =
        losses
            .count(SdkTracerProvider.builder().setSampler(Sampler.alwaysOff()))
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build();
    try (OpenTelemetrySdk sdk = OpenTelemetrySdk.builder().setTracerProvider(tracing).build()) {
      endOneSpan(sdk);

      assertThat(losses.describe()).isEmpty();
    }
  }

  @Test
  void countsWhatTheWorstOfSeveralExportersLost() {
    SpanExporter working = losses.watch(InMemorySpanExporter.create());
    SpanExporter failing = losses.watch(new AnsweringExporter(CompletableResultCode.ofFailure()));
    try (OpenTelemetrySdk sdk =
        sdk(SimpleSpanProcessor.create(SpanExporter.composite(working, failing)))) {
      endOneSpan(sdk);
      endOneSpan(sdk);

      assertThat(losses.describe()).isEqualTo("2 spans");
    }
  }

  @Test
  void countsNothingWhereNothingIsExported() {
    SdkLoggerProvider logging = losses.count(SdkLoggerProvider.builder()).build();
    SdkTracerProvider tracing = losses.count(SdkTracerProvider.builder()).build();
    try (OpenTelemetrySdk sdk =
        OpenTelemetrySdk.builder().setTracerProvider(tracing).setLoggerProvider(logging).build()) {
      endOneSpan(sdk);
      emitOneRecord(sdk);

      assertThat(sdk.getLogsBridge().get("test")).isSameAs(LoggerProvider.noop().get("test"));
      assertThat(losses.describe()).isEmpty();
    }
  }

  @Test
  void saysTheFirstTimeThatSomethingDidNotArrive() {
    SpanExporter failing = losses.watch(new AnsweringExporter(CompletableResultCode.ofFailure()));
    try (CapturedLog log = new CapturedLog()) {
      failing.export(List.of(SPAN, SPAN));
      failing.export(List.of(SPAN));
      losses.watch(closed(InMemoryMetricExporter.create())).export(List.of(METRIC));

      assertThat(log.linesWith("WARN"))
          .singleElement()
          .asString()
          .contains("Telemetry does not arrive: 2 spans could not be exported")
          .contains("OTEL_EXPORTER_OTLP_ENDPOINT");
    }
  }

  @Test
  void countsDeltasThatNobodyRepeats() {
    InMemoryMetricExporter exporter = InMemoryMetricExporter.create(AggregationTemporality.DELTA);
    MetricExporter watched = losses.watch(exporter);
    exporter.shutdown();
    watched.export(List.of(METRIC, METRIC));
    watched.export(List.of(METRIC));

    assertThat(losses.describe()).isEqualTo("3 metrics");
  }

  @Test
  void countsOnlyTheLastOfCumulativeMetrics() {
    InMemoryMetricExporter exporter =
        InMemoryMetricExporter.create(AggregationTemporality.CUMULATIVE);
    MetricExporter watched = losses.watch(exporter);
    exporter.shutdown();
    watched.export(List.of(METRIC, METRIC));
    watched.export(List.of(METRIC));

    assertThat(losses.describe()).isEqualTo("1 metrics");
  }

  private static MetricData metric() {
    try (InMemoryTelemetry telemetry = new InMemoryTelemetry()) {
      telemetry.openTelemetry().getMeter("test").counterBuilder("count").build().add(1);
      return telemetry.metrics().values().iterator().next();
    }
  }

  private static MetricExporter closed(MetricExporter exporter) {
    exporter.shutdown();
    return exporter;
  }

  private OpenTelemetrySdk sdk(SpanProcessor processor) {
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            losses.count(SdkTracerProvider.builder()).addSpanProcessor(processor).build())
        .build();
  }

  private OpenTelemetrySdk sdk(SpanExporter spans, LogRecordExporter records) {
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            losses
                .count(SdkTracerProvider.builder())
                .addSpanProcessor(SimpleSpanProcessor.create(spans))
                .build())
        .setLoggerProvider(
            losses
                .count(SdkLoggerProvider.builder())
                .addLogRecordProcessor(SimpleLogRecordProcessor.create(records))
                .build())
        .build();
  }

  private static void endOneSpan(OpenTelemetry openTelemetry) {
    openTelemetry.getTracer("test").spanBuilder("span").startSpan().end();
  }

  private static void emitOneRecord(OpenTelemetry openTelemetry) {
    openTelemetry.getLogsBridge().get("test").logRecordBuilder().emit();
  }
}
