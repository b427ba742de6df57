/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** The spans that a gateway has sent. */
record Traces(List<Span> spans) {

  /** Those of requests to the gateway, the earliest first. */
  List<Span> server() {
    return ofKind(Span.SpanKind.SPAN_KIND_SERVER);
  }

  /** Those of calls to models, the earliest first. */
  List<Span> calls() {
    return ofKind(Span.SpanKind.SPAN_KIND_CLIENT).stream()
        .filter(span -> !attribute(span, "gen_ai.operation.name").isEmpty())
        .toList();
  }

  List<Span> below(Span parent) {
    return spans.stream()
        .filter(span -> span.getParentSpanId().equals(parent.getSpanId()))
        .sorted(Comparator.comparingLong(Span::getStartTimeUnixNano))
        .toList();
  }

  private List<Span> ofKind(Span.SpanKind kind) {
    return spans.stream()
        .filter(span -> span.getKind() == kind)
        .sorted(Comparator.comparingLong(Span::getStartTimeUnixNano))
        .toList();
  }

  /** As text; empty if there is none. */
  static String attribute(Span span, String name) {
    return span.getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals(name))
        .map(Traces::value)
        .findAny()
        .orElse("");
  }

  private static String value(KeyValue attribute) {
    return attribute.getValue().hasIntValue()
        ? Long.toString(attribute.getValue().getIntValue())
        : attribute.getValue().getStringValue();
  }

  static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }
}
