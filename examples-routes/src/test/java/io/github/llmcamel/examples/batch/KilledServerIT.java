/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real model server dies in the middle of a run. {@code LLAMACPP_PID} is the process that answers
 * at {@code LLAMACPP_BASE_URL}; this test kills it.
 */
@EnabledIfEnvironmentVariable(named = "LLAMACPP_PID", matches = "\\d+")
class KilledServerIT {

  private static final String SCOPE = "io.github.llmcamel";
  private static final String REDELIVERIES = "batch.redeliveries";
  private static final int DOCUMENTS = 8;

  @TempDir private Path folder;
  @TempDir private Path out;
  @RegisterExtension private final Collector collector = new Collector();

  @BeforeEach
  void repeatNothing() {
    System.setProperty(REDELIVERIES, "0");
  }

  @AfterEach
  void repeatAsEver() {
    System.clearProperty(REDELIVERIES);
  }

  @Test
  void whatIsDoneStaysAndTheRestFailsWithItsReasonAndAllItsTelemetry() throws Exception {
    ShortDocuments.write(folder, DOCUMENTS);
    RealServer server =
        RealServer.all().stream()
            .filter(named -> named.provider().equals("llamacpp"))
            .findAny()
            .orElseThrow();

    CompletableFuture<BatchOutcome> running =
        CompletableFuture.supplyAsync(
            () -> BatchOutcome.of(folder, out, server.options("--concurrency", "2")));
    await().atMost(Duration.ofMinutes(5)).until(this::oneIsDone);
    ProcessHandle.of(Long.parseLong(System.getenv("LLAMACPP_PID"))).orElseThrow().destroyForcibly();
    BatchOutcome run = running.get();

    assertThat(run.exitCode()).isEqualTo(1);
    ObjectNode results = run.results();
    assertThat(results.size()).isEqualTo(DOCUMENTS);
    List<String> errors = results.findValuesAsText("error");
    errors.removeIf(error -> !error.contains("llamacpp")); // an answer that does not fit the schema
    assertThat(errors).isNotEmpty().hasSizeLessThan(DOCUMENTS);
    assertThat(errors).anyMatch(error -> error.contains("cannot be reached"));
    assertTelemetryOf(results, errors.size());
  }

  private void assertTelemetryOf(ObjectNode results, int failures) {
    int calls = 0; // Those that failed are counted as well.
    for (JsonNode result : results) {
      calls += result.findValues("calls").stream().mapToInt(JsonNode::asInt).sum();
    }
    List<Span> spans =
        collector.server().spans().stream()
            .filter(span -> span.getName().startsWith("chat "))
            .toList();
    assertThat(spans).hasSize(calls);
    assertThat(spans)
        .filteredOn(span -> span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR)
        .hasSize(failures)
        .allMatch(KilledServerIT::namesItsError);
    assertThat(collector.server().logRecords()).hasSize(calls);
    assertThat(collector.server().logRecords())
        .extracting(LogRecord::getBody)
        .filteredOn(body -> body.getStringValue().equals("Chat failed"))
        .hasSize(failures);
    assertThat(durationPoints()).isEqualTo(calls);
    assertThat(sum("llm.request.errors")).isEqualTo(failures);
    assertThat(sum("llm.request.active")).isZero();
  }

  private long durationPoints() {
    return collector
        .server()
        .lastMetric(SCOPE, "gen_ai.client.operation.duration")
        .getHistogram()
        .getDataPointsList()
        .stream()
        .mapToLong(HistogramDataPoint::getCount)
        .sum();
  }

  private long sum(String counter) {
    return collector.server().lastMetric(SCOPE, counter).getSum().getDataPointsList().stream()
        .mapToLong(NumberDataPoint::getAsInt)
        .sum();
  }

  private boolean oneIsDone() throws IOException {
    Path results = out.resolve("results.jsonl");
    return Files.exists(results) && Files.size(results) > 0;
  }

  private static boolean namesItsError(Span span) {
    return span.getAttributesList().stream()
        .anyMatch(
            attribute ->
                attribute.getKey().equals("error.type")
                    && !attribute.getValue().getStringValue().isEmpty());
  }
}
