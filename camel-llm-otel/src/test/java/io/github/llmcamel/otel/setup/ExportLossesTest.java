/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricExporter;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.testing.logs.TestLogRecordData;
import io.opentelemetry.sdk.testing.trace.TestSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.List;
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
  private static final LogRecordData RECORD = TestLogRecordData.builder().build();
  private static final MetricData METRIC = metric();

  private final ExportLosses losses = new ExportLosses();

  @Test
  void countsNothingThatArrives() {
    InMemorySpanExporter spans = InMemorySpanExporter.create();
    losses.watch(spans).export(List.of(SPAN));
    losses.watch(InMemoryMetricExporter.create()).export(List.of(METRIC));
    losses.watch(InMemoryLogRecordExporter.create()).export(List.of(RECORD));

    assertThat(spans.getFinishedSpanItems()).containsExactly(SPAN);
    assertThat(losses.describe()).isEmpty();
  }

  @Test
  void countsEachSignalThatAnExporterRefuses() {
    SpanExporter spans = losses.watch(closed(InMemorySpanExporter.create()));
    spans.export(List.of(SPAN, SPAN));
    spans.export(List.of(SPAN));
    InMemoryLogRecordExporter records = InMemoryLogRecordExporter.create();
    records.shutdown();
    losses.watch(records).export(List.of(RECORD));

    assertThat(losses.describe()).isEqualTo("3 spans, 1 log records");
  }

  @Test
  void countsWhatIsStillOnItsWay() {
    CompletableResultCode answer = new CompletableResultCode();
    SpanExporter slow = losses.watch(new AnsweringExporter(answer));

    slow.export(List.of(SPAN));

    assertThat(losses.describe()).isEqualTo("1 spans");
    answer.succeed();
    assertThat(losses.describe()).isEmpty();
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

  private static SpanExporter closed(SpanExporter exporter) {
    exporter.shutdown();
    return exporter;
  }
}
