/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * What real backends have of one run: an OpenTelemetry Collector at {@code
 * OTEL_EXPORTER_OTLP_ENDPOINT}, which writes what it receives as OTLP JSON to {@code
 * OTELCOL_TRACES_FILE}, {@code OTELCOL_METRICS_FILE} and {@code OTELCOL_LOGS_FILE}, and hands it on
 * to Prometheus at {@code PROMETHEUS_URL} and Jaeger at {@code JAEGER_URL}. The first real model
 * server that the environment names answers, else the simulator.
 */
@EnabledIfEnvironmentVariable(named = "OTEL_EXPORTER_OTLP_ENDPOINT", matches = ".+")
class RealBackendsIT {

  private static final String SERVICE = "batch-" + ProcessHandle.current().pid();
  private static final int DOCUMENTS = 2;
  private static final int CALLS = 3 * DOCUMENTS;
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private static Path folder;
  @TempDir private static Path out;

  @SuppressWarnings("NullAway.Init") // there before each test
  private static ObjectNode results;

  @BeforeAll
  static void runTheBatchOnce() throws IOException {
    ShortDocuments.write(folder, DOCUMENTS);
    System.setProperty("otel.service.name", SERVICE);
    String[] server =
        RealServer.all().stream().findFirst().map(RealServer::options).orElse(new String[0]);
    results = BatchOutcome.of(folder, out, server).results();
  }

  @AfterAll
  static void forgetTheName() {
    System.clearProperty("otel.service.name");
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "OTELCOL_TRACES_FILE", matches = ".+")
  void theCollectorReceivedASpanOfEachDocumentAndItsCallsBelowIt() {
    List<JsonNode> spans = received("OTELCOL_TRACES_FILE", "spans", DOCUMENTS + CALLS);

    assertThat(spans)
        .extracting(span -> span.path("traceId").asText())
        .hasSameElementsAs(results.findValuesAsText("traceId"));
    List<JsonNode> documents =
        spans.stream().filter(span -> span.path("parentSpanId").asText().isEmpty()).toList();
    assertThat(documents).extracting(span -> span.path("name").asText()).containsOnly("document");
    assertThat(spans)
        .filteredOn(span -> span.path("name").asText().startsWith("chat "))
        .hasSize(CALLS)
        .extracting(span -> span.path("parentSpanId").asText())
        .hasSameElementsAs(documents.stream().map(span -> span.path("spanId").asText()).toList());
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "OTELCOL_METRICS_FILE", matches = ".+")
  void theCollectorReceivedEveryInstrumentOfSuccessfulStreams() {
    List<JsonNode> metrics = received("OTELCOL_METRICS_FILE", "metrics", 11);

    assertThat(metrics)
        .extracting(metric -> metric.path("name").asText())
        .contains(
            "gen_ai.client.operation.duration",
            "gen_ai.client.token.usage",
            "gen_ai.server.time_to_first_token",
            "gen_ai.server.time_per_output_token",
            "llm.request.count",
            "llm.request.active",
            "llm.stream.chunks",
            "llm.token.throughput",
            "llm.request.message_count",
            "gen_ai.client.operation.time_to_first_chunk",
            "gen_ai.client.operation.time_per_output_chunk")
        .doesNotContain("llm.request.errors");
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "OTELCOL_LOGS_FILE", matches = ".+")
  void theCollectorReceivedOneLogRecordForEachCallWithItsTrace() {
    List<JsonNode> records = received("OTELCOL_LOGS_FILE", "logRecords", CALLS);

    assertThat(records)
        .hasSize(CALLS)
        .allMatch(log -> log.path("body").path("stringValue").asText().equals("Stream done"));
    assertThat(records)
        .extracting(log -> log.path("traceId").asText())
        .hasSameElementsAs(results.findValuesAsText("traceId"));
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "PROMETHEUS_URL", matches = ".+")
  void prometheusCountsTheCallsAndTheTokensOfTheResults() {
    awaitValue("sum(gen_ai_client_operation_duration_seconds_count{job='%s'})", CALLS);
    for (String type : List.of("input", "output")) {
      awaitValue(
          "sum(gen_ai_client_token_usage_sum{job='%s',gen_ai_token_type='" + type + "'})",
          results.findValues(type + "Tokens").stream().mapToLong(JsonNode::asLong).sum());
    }
    awaitValue("sum(llm_request_active{job='%s'})", 0);
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "JAEGER_URL", matches = ".+")
  void jaegerShowsTheTraceOfADocument() {
    String traceId = results.findValuesAsText("traceId").get(0);

    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(
                        get(System.getenv("JAEGER_URL") + "/api/v3/traces/" + traceId)
                            .findValues("spanId"))
                    .as("the document and three calls")
                    .hasSize(4));
  }

  private static void awaitValue(String query, long expected) {
    String url =
        System.getenv("PROMETHEUS_URL")
            + "/api/v1/query?query="
            + URLEncoder.encode(query.formatted(SERVICE), StandardCharsets.UTF_8);
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(get(url).at("/data/result/0/value/1").asLong(-1))
                    .as(query)
                    .isEqualTo(expected));
  }

  private static JsonNode get(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return JSON.readTree(
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  /** Waits for at least {@code count} of what this run sent. */
  private static List<JsonNode> received(String file, String member, int count) {
    return await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> received(Path.of(System.getenv(file)), member), found -> found.size() >= count);
  }

  /** One export a line; the last may still be written. */
  private static List<JsonNode> received(Path file, String member) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.contains('"' + SERVICE + '"') && line.endsWith("}"))
          .map(RealBackendsIT::parse)
          .flatMap(export -> export.findValues(member).stream())
          .flatMap(array -> Stream.iterate(0, i -> i < array.size(), i -> i + 1).map(array::get))
          .toList();
    }
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new IllegalStateException("The collector wrote no JSON.", e);
    }
  }
}
