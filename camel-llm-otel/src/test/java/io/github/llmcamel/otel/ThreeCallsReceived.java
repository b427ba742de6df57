/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.otel.genai.GenAiInstruments;
import io.github.llmcamel.otel.testkit.OtlpServer;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;

/** What a collector has of {@link ThreeCalls}. */
final class ThreeCallsReceived {

  /** The event name of the refused call's log record. */
  static final String FAILED_EVENT = "gen_ai.client.operation.exception";

  private static final String SCOPE = "io.github.llmcamel";
  private static final List<String> METRICS =
      GenAiInstruments.all().stream()
          .map(GenAiInstruments.Instrument::name)
          // A server of one's own has no price.
          .filter(name -> !name.equals(GenAiInstruments.COST.name()))
          .toList();

  private ThreeCallsReceived() {}

  /** Three spans, each with one of its request below it, and as many points and log records. */
  static void assertEverySignalOnce(OtlpServer collector) {
    List<Span> calls = named(collector, "chat m");
    List<Span> requests = named(collector, "POST");
    assertThat(calls).hasSize(3);
    assertThat(requests)
        .extracting(Span::getParentSpanId)
        .containsExactlyInAnyOrderElementsOf(calls.stream().map(Span::getSpanId).toList());

    assertThat(collector.metrics(SCOPE)).extracting(Metric::getName).hasSameElementsAs(METRICS);
    assertThat(
            collector
                .lastMetric(SCOPE, "gen_ai.client.operation.duration")
                .getHistogram()
                .getDataPointsList())
        .extracting(HistogramDataPoint::getCount)
        .containsExactly(1L, 1L, 1L); // each route has a series of its own

    assertThat(collector.logRecords())
        .extracting(record -> record.getBody().getStringValue())
        .containsExactlyInAnyOrder("Chat done", "Stream done", "Chat failed");
    assertThat(collector.logRecords())
        .extracting(LogRecord::getSpanId)
        .containsExactlyInAnyOrderElementsOf(calls.stream().map(Span::getSpanId).toList());
  }

  /** The names of the events among the log records. */
  static List<String> eventNames(OtlpServer collector) {
    return collector.logRecords().stream()
        .map(LogRecord::getEventName)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  static List<Span> named(OtlpServer collector, String name) {
    return collector.spans().stream().filter(span -> span.getName().equals(name)).toList();
  }
}
