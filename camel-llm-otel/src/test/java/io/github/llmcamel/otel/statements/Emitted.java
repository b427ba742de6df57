/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.statements;

import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What telemetry holds, by its names alone: a row for each span, event, metric and log record. */
final class Emitted {

  private final Map<List<String>, Set<String>> attributes = new TreeMap<>(Emitted::compare);

  Emitted(InMemoryTelemetry telemetry) {
    telemetry.spans().forEach(this::add);
    telemetry.metrics().values().forEach(this::add);
    telemetry.logs().forEach(this::add);
  }

  /** Each with what it is, its name, its kind, and the attributes that it has somewhere. */
  List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    attributes.forEach(
        (head, keys) -> {
          List<String> row = new ArrayList<>(head);
          row.add(String.join(", ", keys));
          rows.add(row);
        });
    return rows;
  }

  private void add(SpanData span) {
    String name = span.getName().replaceFirst(" .*", " {model}");
    add("span", name, span.getKind().name(), span.getAttributes());
    for (EventData event : span.getEvents()) {
      add("span event", event.getName(), "of " + name, event.getAttributes());
    }
  }

  private void add(MetricData metric) {
    String kind = kind(metric) + ", `" + metric.getUnit() + "`";
    for (PointData point : metric.getData().getPoints()) {
      add("metric", metric.getName(), kind + bounds(point), point.getAttributes());
    }
  }

  private void add(LogRecordData record) {
    String event = record.getEventName();
    String body = record.getBodyValue() == null ? null : record.getBodyValue().asString();
    add(
        event == null ? "log record" : "log event",
        event == null ? String.valueOf(body) : event,
        record.getSeverity().name() + (event == null || body == null ? "" : ", `" + body + "`"),
        record.getAttributes());
  }

  private void add(String what, String name, String kind, Attributes found) {
    Set<String> keys =
        attributes.computeIfAbsent(List.of(what, "`" + name + "`", kind), head -> new TreeSet<>());
    found.asMap().keySet().forEach(key -> keys.add(describe(key)));
  }

  private static String describe(@Nullable AttributeKey<?> key) {
    return key == null ? "" : "`%s` %s".formatted(key.getKey(), type(key.getType()));
  }

  private static String type(AttributeType type) {
    return switch (type) {
      case LONG -> "int";
      case STRING_ARRAY -> "string[]";
      case VALUE -> "structured";
      default -> type.name().toLowerCase(Locale.ROOT);
    };
  }

  private static String kind(MetricData metric) {
    if (metric.getType() == MetricDataType.HISTOGRAM) {
      return "histogram";
    }
    SumData<?> sum =
        metric.getType() == MetricDataType.LONG_SUM
            ? metric.getLongSumData()
            : metric.getDoubleSumData();
    return sum.isMonotonic() ? "counter" : "up-down counter";
  }

  private static String bounds(PointData point) {
    return point instanceof HistogramPointData histogram
        ? histogram.getBoundaries().stream()
            .map(bound -> BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString())
            .collect(Collectors.joining(" ", ", ", ""))
        : "";
  }

  private static int compare(List<String> one, List<String> other) {
    return String.join(" ", one).compareTo(String.join(" ", other));
  }
}
