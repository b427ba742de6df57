/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.ending;

import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry.Point;
import io.github.llmcamel.otel.testkit.Mode;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the call of one party has left. */
final class Evidence {

  private static final AttributeKey<String> MODEL = stringKey("gen_ai.request.model");
  private static final AttributeKey<String> SHORT_MODEL = stringKey("model");

  private final Party who;
  private final InMemoryTelemetry telemetry;
  private final List<SpanData> spans;
  private final List<LogRecordData> logs;

  Evidence(Party who, InMemoryTelemetry telemetry) {
    this.who = who;
    this.telemetry = telemetry;
    spans =
        telemetry.spans().stream()
            .filter(span -> who.model().equals(span.getAttributes().get(MODEL)))
            .toList();
    logs =
        telemetry.logs().stream()
            .filter(record -> who.model().equals(record.getAttributes().get(SHORT_MODEL)))
            .toList();
  }

  /** The one span. */
  SpanData span() {
    assertThat(spans).hasSize(1);
    return spans.get(0);
  }

  /** The span that the one span is below, wherever it comes from; null if it was not recorded. */
  @Nullable SpanData parent() {
    return telemetry.spans().stream()
        .filter(candidate -> candidate.getSpanId().equals(span().getParentSpanId()))
        .findFirst()
        .orElse(null);
  }

  /** One span, one duration point, one log record, and all that is known. */
  void isOf(Expected expected, Mode mode) {
    spanIsOf(expected, mode);
    pointsAreOf(expected, mode);
    logRecordIsOf(expected);
  }

  /** No word of another call is in it. */
  void holdsNothingOf(Party other) {
    List<String> texts = new ArrayList<>();
    spans.forEach(
        span -> texts.add(text(span.getName(), span.getAttributes()) + span.getTraceId()));
    logs.forEach(
        record -> texts.add(text("log", record.getAttributes()) + record.getSpanContext()));
    for (String metric : telemetry.metrics().keySet()) {
      points(metric).forEach(point -> texts.add(text(metric, point.attributes())));
    }
    assertThat(texts)
        .allSatisfy(text -> assertThat(text).doesNotContain(other.marks()))
        .anySatisfy(text -> assertThat(text).contains("route-" + who.mark()));
  }

  private void spanIsOf(Expected expected, Mode mode) {
    SpanData span = span();
    Attributes attributes = span.getAttributes();
    assertThat(span.hasEnded()).isTrue();
    assertThat(span.getName()).isEqualTo("chat " + who.model());
    assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.getStatus().getStatusCode())
        .isEqualTo(expected.isError() ? StatusCode.ERROR : StatusCode.UNSET);
    assertThat(span.getStatus().getDescription().isEmpty()).isEqualTo(!expected.isError());
    assertThat(attributes.get(stringKey("llm.outcome"))).isEqualTo(expected.outcome());
    assertThat(attributes.get(stringKey("error.type"))).isEqualTo(expected.errorType());
    assertThat(attributes.get(stringArrayKey("gen_ai.response.finish_reasons")))
        .isEqualTo(expected.finish() == null ? null : List.of(expected.finish()));
    assertThat(attributes.get(longKey("gen_ai.usage.input_tokens")))
        .isEqualTo(expected.inputTokens());
    assertThat(attributes.get(longKey("gen_ai.usage.output_tokens")))
        .isEqualTo(expected.outputTokens());
    assertThat(attributes.get(doubleKey("gen_ai.response.time_to_first_chunk")) != null)
        .isEqualTo(mode.isStreamed() && expected.chunks() > 0);
    assertThat(span.getEvents()).isEmpty();
    requestSpanIsOf(expected);
  }

  /** As the call ended; none if it never got so far. */
  private void requestSpanIsOf(Expected expected) {
    SpanData call = span();
    List<SpanData> requests =
        telemetry.requestSpans().stream()
            .filter(request -> request.getParentSpanId().equals(call.getSpanId()))
            .toList();
    assertThat(requests).hasSize(expected.isSent() ? 1 : 0);
    assertThat(requests)
        .allSatisfy(
            request -> {
              assertThat(request.getEndEpochNanos()).isEqualTo(call.getEndEpochNanos());
              assertThat(request.getStatus().getStatusCode())
                  .isEqualTo(call.getStatus().getStatusCode());
              assertThat(request.getAttributes().get(stringKey("error.type")))
                  .isEqualTo(expected.errorType());
            });
  }

  private void pointsAreOf(Expected expected, Mode mode) {
    int chunks = mode.isStreamed() ? expected.chunks() : 0;
    Point duration = onlyPoint("gen_ai.client.operation.duration");
    assertThat(duration.count()).isEqualTo(1);
    assertThat(duration.attributes().get(stringKey("llm.outcome"))).isEqualTo(expected.outcome());
    assertThat(duration.attributes().get(stringKey("error.type"))).isEqualTo(expected.errorType());
    assertThat(onlyPoint("llm.request.count").value()).isEqualTo(1);
    assertThat(onlyPoint("llm.request.active").value()).isZero();
    assertThat(onlyPoint("llm.request.message_count").value()).isEqualTo(1);
    assertThat(values("llm.request.errors"))
        .isEqualTo(expected.isError() ? List.of(1d) : List.of());
    assertThat(values("llm.stream.chunks"))
        .isEqualTo(chunks > 0 ? List.of((double) chunks) : List.of());
    assertThat(points("gen_ai.client.operation.time_to_first_chunk")).hasSize(chunks > 0 ? 1 : 0);
    assertThat(points("gen_ai.server.time_to_first_token"))
        .hasSize(chunks > 0 && expected.isComplete() ? 1 : 0);
    assertThat(points("llm.token.throughput"))
        .hasSize(expected.isComplete() && expected.outputTokens() != null ? 1 : 0);
    tokenPointsAreOf(expected);
  }

  private void tokenPointsAreOf(Expected expected) {
    Map<String, Double> counted = new HashMap<>();
    for (Point point : points("gen_ai.client.token.usage")) {
      assertThat(point.count()).isEqualTo(1);
      counted.put(
          String.valueOf(point.attributes().get(stringKey("gen_ai.token.type"))), point.value());
    }
    Map<String, Double> known = new HashMap<>();
    put(known, "input", expected.inputTokens());
    put(known, "output", expected.outputTokens());
    assertThat(counted).isEqualTo(known);
  }

  private static void put(Map<String, Double> counts, String type, @Nullable Long count) {
    if (count != null) {
      counts.put(type, (double) count);
    }
  }

  private void logRecordIsOf(Expected expected) {
    assertThat(logs).hasSize(1);
    LogRecordData record = logs.get(0);
    assertThat(record.getSpanContext()).isEqualTo(span().getSpanContext());
    assertThat(record.getSeverity()).isEqualTo(expected.isError() ? Severity.WARN : Severity.INFO);
    assertThat(record.getEventName())
        .isEqualTo(expected.isError() ? "gen_ai.client.operation.exception" : null);
    Attributes attributes = record.getAttributes();
    assertThat(attributes.get(stringKey("llm.outcome"))).isEqualTo(expected.outcome());
    assertThat(attributes.get(stringKey("error.type"))).isEqualTo(expected.errorType());
    assertThat(attributes.get(stringKey("exception.type")) != null).isEqualTo(expected.isError());
    assertThat(attributes.get(longKey("prompt_tokens"))).isEqualTo(expected.inputTokens());
    assertThat(attributes.get(longKey("completion_tokens"))).isEqualTo(expected.outputTokens());
  }

  private Point onlyPoint(String metric) {
    List<Point> points = points(metric);
    assertThat(points).as(metric).hasSize(1);
    return points.get(0);
  }

  private List<Double> values(String metric) {
    return points(metric).stream().map(Point::value).toList();
  }

  private List<Point> points(String metric) {
    return telemetry.points(metric).stream().filter(this::isOurs).toList();
  }

  private boolean isOurs(Point point) {
    return who.model().equals(point.attributes().get(MODEL))
        || who.model().equals(point.attributes().get(SHORT_MODEL));
  }

  private static String text(String name, Attributes attributes) {
    return name + attributes.asMap();
  }
}
