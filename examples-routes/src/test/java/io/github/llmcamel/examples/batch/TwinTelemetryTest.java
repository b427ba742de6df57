/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.github.llmcamel.examples.launch.Dsl;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run of the samples sends over OTLP, in all languages of the route. */
class TwinTelemetryTest {

  private static final String DISABLED = "otel.sdk.disabled";

  @TempDir private Path out;
  @RegisterExtension private final Collector collector = new Collector();

  @AfterEach
  void switchTelemetryOnAgain() {
    System.clearProperty(DISABLED);
  }

  @ParameterizedTest
  @EnumSource
  void eachDocumentIsOneTraceOfASpanAndTheCallsBelowIt(Dsl dsl) throws IOException {
    BatchOutcome run = run(dsl);

    Map<String, List<Span>> traces =
        collector.server().spans().stream()
            .filter(span -> !span.getName().equals("batch"))
            .collect(Collectors.groupingBy(TwinTelemetryTest::traceId));
    assertThat(traces).hasSize(14);
    assertThat(traces.values())
        .extracting(TwinTelemetryTest::parentsByName)
        .containsOnly(
            Map.of(
                "batch document", "",
                "document", "batch document",
                "chat demo classify", "document",
                "chat demo summarise", "document",
                "chat demo extract", "document"),
            Map.of("batch document", "", "document", "batch document"));
    assertThat(run.results().findValuesAsText("traceId"))
        .hasSize(12)
        .as("of those that reached a model")
        .isSubsetOf(traces.keySet());
    String lastLine = run.output().lines().reduce("", (earlier, last) -> last);
    assertThat(traces.keySet()).anyMatch(lastLine::contains);
  }

  @Test
  void eachStageHasItsNameAndTheVersionOfItsPrompt() {
    run(Dsl.java);

    Map<String, Set<String>> versions =
        collector.server().spans().stream()
            .filter(span -> span.getName().equals("chat demo"))
            .collect(
                Collectors.groupingBy(
                    span -> attribute(span, "gen_ai.prompt.name"),
                    Collectors.mapping(
                        span -> attribute(span, "gen_ai.prompt.version"), Collectors.toSet())));
    assertThat(versions).containsOnlyKeys("classify", "summarise", "extract");
    assertThat(versions.values())
        .allSatisfy(
            version -> assertThat(version).singleElement().asString().matches("[0-9a-f]{12}"))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void eachDocumentLinksToTheBatch(Dsl dsl) throws IOException {
    run(dsl);

    List<Span> spans = collector.server().spans();
    assertThat(spans)
        .filteredOn(span -> span.getName().equals("batch"))
        .singleElement()
        .satisfies(
            batch ->
                assertThat(spans)
                    .filteredOn(span -> span.getName().equals("batch document"))
                    .hasSize(14)
                    .allSatisfy(
                        document ->
                            assertThat(document.getLinksList())
                                .singleElement()
                                .returns(batch.getSpanId(), Span.Link::getSpanId)
                                .returns(batch.getTraceId(), Span.Link::getTraceId)));
  }

  @ParameterizedTest
  @EnumSource
  void eachCallLeavesItsPointsAndOneLogRecord(Dsl dsl) throws IOException {
    run(dsl);

    assertThat(collector.server().logRecords())
        .hasSize(36)
        .allMatch(log -> log.getBody().getStringValue().equals("Stream done"));
    for (String name :
        List.of(
            "gen_ai.client.operation.duration",
            "gen_ai.server.time_to_first_token",
            "llm.request.message_count")) {
      assertThat(count(name)).as(name).isEqualTo(36);
    }
    assertThat(count("gen_ai.client.token.usage")).as("input and output").isEqualTo(72);
  }

  @Test
  void withoutTelemetryNothingIsSaidAboutTraces() throws IOException {
    System.setProperty(DISABLED, "true");

    BatchOutcome run = run(Dsl.java);

    assertThat(run.output()).doesNotContain("Traces:");
    assertThat(run.results().findValues("traceId")).isEmpty();
  }

  private BatchOutcome run(Dsl dsl) {
    return BatchOutcome.of(Path.of("samples", "documents"), out, "--dsl", dsl.name());
  }

  private long count(String histogram) {
    return collector
        .server()
        .lastMetric("io.github.llmcamel", histogram)
        .getHistogram()
        .getDataPointsList()
        .stream()
        .mapToLong(HistogramDataPoint::getCount)
        .sum();
  }

  /** The name of each span, and of the one above it. */
  private static Map<String, String> parentsByName(List<Span> trace) {
    Map<ByteString, String> names =
        trace.stream().collect(Collectors.toMap(Span::getSpanId, TwinTelemetryTest::name));
    return trace.stream()
        .collect(
            Collectors.toMap(
                TwinTelemetryTest::name, span -> names.getOrDefault(span.getParentSpanId(), "")));
  }

  private static String name(Span span) {
    return "%s %s".formatted(span.getName(), attribute(span, "gen_ai.prompt.name")).strip();
  }

  private static String attribute(Span span, String name) {
    return span.getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals(name))
        .map(attribute -> attribute.getValue().getStringValue())
        .findAny()
        .orElse("");
  }

  private static String traceId(Span span) {
    return HexFormat.of().formatHex(span.getTraceId().toByteArray());
  }
}
