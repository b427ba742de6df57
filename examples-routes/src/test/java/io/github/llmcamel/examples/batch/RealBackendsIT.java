/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llmcamel.examples.real.RealBackends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What real backends have of a run of the batch, against what the run itself says: an OpenTelemetry
 * Collector at {@code OTEL_EXPORTER_OTLP_ENDPOINT}, which writes what it receives as OTLP JSON to
 * {@code OTELCOL_TRACES_FILE}, {@code OTELCOL_METRICS_FILE} and {@code OTELCOL_LOGS_FILE}, and
 * hands it on to Prometheus at {@code PROMETHEUS_URL} and Jaeger at {@code JAEGER_URL}. The first
 * real model server that the environment names answers, else the simulator.
 */
@EnabledIfEnvironmentVariable(named = "OTEL_EXPORTER_OTLP_ENDPOINT", matches = ".+")
class RealBackendsIT {

  private static final int DOCUMENTS = 2;
  private static final int CALLS = 3 * DOCUMENTS;

  /** Where no server is. */
  private static final String[] NOBODY = {
    "--provider", "vllm", "--base-url", "http://127.0.0.1:9/v1", "--model", "nobody"
  };

  @TempDir private static Path folder;
  private static final Map<Run, ObjectNode> RESULTS = new TreeMap<>();

  /** The runs, each a service of its own. */
  enum Run {
    CUMULATIVE,
    DELTA,
    FAILING;

    private RealBackends backends() {
      return new RealBackends(service());
    }

    private String service() {
      return "batch-%s-%d".formatted(this, ProcessHandle.current().pid());
    }
  }

  @BeforeAll
  static void runTheBatches() throws IOException {
    Path documents = Files.createDirectory(folder.resolve("documents"));
    ShortDocuments.write(documents, DOCUMENTS);
    String[] server =
        RealServer.all().stream().findFirst().map(RealServer::options).orElse(new String[0]);
    run(Run.CUMULATIVE, "cumulative", documents, server);
    run(Run.DELTA, "delta", documents, server);
    run(Run.FAILING, "cumulative", documents, NOBODY);
  }

  private static void run(Run run, String temporality, Path documents, String... options)
      throws IOException {
    Map<String, String> properties =
        Map.of(
            "otel.service.name",
            run.service(),
            "otel.exporter.otlp.metrics.temporality.preference",
            temporality,
            // Often enough for several exports, whose deltas add up.
            "otel.metric.export.interval",
            "200");
    properties.forEach(System::setProperty);
    try {
      Path out = Files.createDirectory(folder.resolve(run.service()));
      RESULTS.put(run, BatchOutcome.of(documents, out, options).results());
    } finally {
      properties.keySet().forEach(System::clearProperty);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CUMULATIVE", "DELTA"})
  @EnabledIfEnvironmentVariable(named = "PROMETHEUS_URL", matches = ".+")
  void prometheusHasOfEveryInstrumentWhatTheRunSays(Run run) {
    RealBackends backends = run.backends();
    ObjectNode results = results(run);

    for (String histogram :
        List.of(
            "gen_ai_client_operation_duration_seconds",
            "gen_ai_server_time_to_first_token_seconds",
            "gen_ai_client_operation_time_to_first_chunk_seconds",
            "llm_token_throughput_per_second",
            "llm_request_message_count")) {
      backends.awaitValue("sum(%s_count{$service})".formatted(histogram), CALLS);
    }
    backends.awaitValue("sum(llm_request_message_count_sum{$service})", 2 * CALLS);
    backends.awaitValue(
        "sum(gen_ai_server_time_per_output_token_seconds_count{$service})",
        results.findValues("outputTokens").stream().filter(n -> n.asLong() > 1).toList().size());
    backends.awaitValue("sum(llm_request_count_total{$service})", CALLS);
    backends.awaitValue("sum(llm_request_active{$service})", 0);
    backends.awaitValue("count(llm_request_errors_total{$service}) or vector(0)", 0);
    for (String type : List.of("input", "output")) {
      backends.awaitValue(
          "sum(gen_ai_client_token_usage_sum{$service,gen_ai_token_type='" + type + "'})",
          sum(results, type + "Tokens"));
    }
    // A piece of content is the first, or has a gap before it.
    backends.awaitValue(
        "sum(llm_stream_chunks_total{$service})"
            + " - sum(gen_ai_client_operation_time_to_first_chunk_seconds_count{$service})"
            + " - sum(gen_ai_client_operation_time_per_output_chunk_seconds_count{$service})",
        0);
    // The run rounds to milliseconds and begins to count when a call is sent.
    assertThat(backends.value("sum(gen_ai_client_operation_duration_seconds_sum{$service})"))
        .isBetween(sum(results, "seconds") - CALLS * 0.001, sum(results, "seconds") + CALLS);
  }

  @ParameterizedTest
  @EnumSource(names = {"CUMULATIVE", "DELTA"})
  @EnabledIfEnvironmentVariable(named = "PROMETHEUS_URL", matches = ".+")
  @EnabledIfEnvironmentVariable(named = "OTELCOL_TRACES_FILE", matches = ".+")
  void exemplarsLeadToTheSpansOfTheirCalls(Run run) {
    Map<String, String> traceOfSpan = traceOfSpan(chats(run));

    for (String metric :
        List.of(
            "gen_ai_client_operation_duration_seconds_bucket",
            "gen_ai_client_token_usage_bucket",
            "gen_ai_client_operation_time_to_first_chunk_seconds_bucket",
            "llm_request_count_total")) {
      assertThat(run.backends().exemplars(metric))
          .as(metric)
          .allSatisfy(
              labels ->
                  assertThat(traceOfSpan)
                      .containsEntry(text(labels, "span_id"), text(labels, "trace_id")));
    }
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "PROMETHEUS_URL", matches = ".+")
  void prometheusCountsTheErrorsOfARunThatFails() {
    RealBackends backends = Run.FAILING.backends();

    assertThat(results(Run.FAILING).findValues("error")).hasSize(DOCUMENTS);
    backends.awaitValue("sum(llm_request_errors_total{$service})", DOCUMENTS);
    backends.awaitValue("sum(llm_request_count_total{$service})", DOCUMENTS);
    backends.awaitValue("sum(gen_ai_client_operation_duration_seconds_count{$service})", DOCUMENTS);
    backends.awaitValue("count(count by (error_type) (llm_request_errors_total{$service}))", 1);
    backends.awaitValue("count(gen_ai_client_token_usage_count{$service}) or vector(0)", 0);
    backends.awaitValue("sum(llm_request_active{$service})", 0);
  }

  @ParameterizedTest
  @EnumSource(names = {"CUMULATIVE", "DELTA"})
  @EnabledIfEnvironmentVariable(named = "JAEGER_URL", matches = ".+")
  void jaegerShowsEachDocumentAsATraceOfItsThreeCalls(Run run) {
    for (String traceId : results(run).findValuesAsText("traceId")) {
      List<JsonNode> spans = run.backends().jaeger(traceId, 4);

      List<JsonNode> roots =
          spans.stream().filter(span -> text(span, "parentSpanId").isEmpty()).toList();
      assertThat(roots).extracting(span -> text(span, "name")).containsExactly("document");
      List<JsonNode> chats = chats(spans);
      assertThat(chats)
          .extracting(span -> attribute(span, "camel.node.id"))
          .containsExactlyInAnyOrder("classify", "summarise", "extract");
      assertThat(chats)
          .extracting(span -> text(span, "parentSpanId"))
          .containsOnly(text(roots.get(0), "spanId"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CUMULATIVE", "DELTA"})
  @EnabledIfEnvironmentVariable(named = "OTELCOL_LOGS_FILE", matches = ".+")
  @EnabledIfEnvironmentVariable(named = "OTELCOL_TRACES_FILE", matches = ".+")
  void theLogRecordOfEachCallLeadsToItsSpan(Run run) {
    List<JsonNode> records = run.backends().received("OTELCOL_LOGS_FILE", "logRecords", CALLS);

    assertThat(records)
        .hasSize(CALLS)
        .allMatch(log -> log.path("body").path("stringValue").asText().equals("Stream done"));
    assertThat(traceOfSpan(records)).isEqualTo(traceOfSpan(chats(run)));
    assertThat(results(run).findValuesAsText("traceId"))
        .hasSameElementsAs(traceOfSpan(records).values());
  }

  @ParameterizedTest
  @EnumSource(names = {"CUMULATIVE", "DELTA"})
  @EnabledIfEnvironmentVariable(named = "OTELCOL_METRICS_FILE", matches = ".+")
  void theCollectorReceivedTheTemporalityThatWasAskedFor(Run run) {
    assertThat(run.backends().received("OTELCOL_METRICS_FILE", "metrics", 11))
        .filteredOn(metric -> text(metric, "name").equals("gen_ai.client.operation.duration"))
        .isNotEmpty()
        .extracting(metric -> metric.at("/histogram/aggregationTemporality").asInt())
        .containsOnly(run == Run.DELTA ? 1 : 2);
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "OTELCOL_LOGS_FILE", matches = ".+")
  void theLogRecordOfAFailureSaysSo() {
    assertThat(Run.FAILING.backends().received("OTELCOL_LOGS_FILE", "logRecords", DOCUMENTS))
        .hasSize(DOCUMENTS)
        .allMatch(log -> log.path("body").path("stringValue").asText().equals("Chat failed"))
        .allMatch(log -> text(log, "severityText").equals("WARN"));
  }

  private static List<JsonNode> chats(Run run) {
    return chats(run.backends().received("OTELCOL_TRACES_FILE", "spans", DOCUMENTS + CALLS));
  }

  private static List<JsonNode> chats(List<JsonNode> spans) {
    return spans.stream().filter(span -> text(span, "name").startsWith("chat ")).toList();
  }

  private static Map<String, String> traceOfSpan(List<JsonNode> items) {
    return items.stream()
        .collect(Collectors.toMap(item -> text(item, "spanId"), item -> text(item, "traceId")));
  }

  private static String attribute(JsonNode span, String key) {
    for (JsonNode attribute : span.path("attributes")) {
      if (text(attribute, "key").equals(key)) {
        return text(attribute.path("value"), "stringValue");
      }
    }
    return "";
  }

  private static String text(JsonNode node, String member) {
    return node.path(member).asText();
  }

  private static double sum(ObjectNode results, String member) {
    return results.findValues(member).stream().mapToDouble(JsonNode::asDouble).sum();
  }

  private static ObjectNode results(Run run) {
    return Objects.requireNonNull(RESULTS.get(run));
  }
}
