/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.github.llmcamel.otel.testkit.KafkaBroker;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A batch over Kafka, as its users run it: each process is one. */
@Timeout(180)
class DistributedBatchTest {

  private static final int STAGES = 3;

  private static KafkaBroker kafka;

  @TempDir private Path folder;
  @TempDir private Path out;

  @RegisterExtension private final Collector collector = new Collector();

  private final List<ExampleProcess> processes = new ArrayList<>();

  @BeforeAll
  static void startKafka() throws Exception {
    kafka = new KafkaBroker();
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @AfterEach
  void leaveNoProcessBehind() throws Exception {
    for (ExampleProcess process : processes) {
      process.close();
    }
  }

  @Test
  void aRunThatAlsoWorksNeedsNoOther() throws Exception {
    ShortDocuments.write(folder, 5);
    Files.writeString(folder.resolve("empty.txt"), "");
    BatchOutcome alone = BatchOutcome.of(folder, Files.createDirectory(out.resolve("alone")));

    BatchOutcome outcome = BatchOutcome.of(folder, out, "--distribute", where());

    assertThat(outcome.errors()).isEmpty();
    assertThat(outcome.exitCode()).isOne();
    assertThat(values(outcome)).isEqualTo(values(alone)).hasSize(6);
    assertThat(out.resolve("dead-letters")).isDirectoryContaining("glob:**empty*");
  }

  @Test
  void aWorkerThatIsKilledLosesNothing() throws Exception {
    int documents = 120;
    writeDocuments(documents);
    try (SlowModel model = new SlowModel(Duration.ofMillis(200))) {
      ExampleProcess first = worker(model);
      worker(model);
      ExampleProcess run = run(model);
      await().atMost(Duration.ofMinutes(1)).until(() -> model.asked() > documents);

      first.kill();

      assertThat(run.await()).as(run.output()).isZero();
      assertThat(new BatchOutcome(0, out, "", "").results()).hasSize(documents);
      assertThat(model.asked()).isGreaterThanOrEqualTo(STAGES * documents);
      if ("all".equals(System.getProperty("distributed"))) {
        // Up to 19 documents have been seen to be repeated; why more than 8 is not known yet.
        assertThat(model.asked()).isLessThanOrEqualTo(STAGES * (documents + 8));
      }
    }
  }

  @Test
  void aWorkerThatIsToldToEndHandsOverWhatItHasNotDone() throws Exception {
    int documents = 60;
    writeDocuments(documents);
    try (SlowModel model = new SlowModel(Duration.ofMillis(200))) {
      ExampleProcess first = worker(model);
      ExampleProcess run = run(model);
      await().atMost(Duration.ofMinutes(1)).until(() -> model.asked() > documents);

      worker(model);
      first.end();

      assertThat(run.await()).as(run.output()).isZero();
      assertThat(new BatchOutcome(0, out, "", "").results()).hasSize(documents);
      assertThat(model.asked()).isEqualTo(STAGES * documents);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "distributed", matches = "all") // a minute
  void aFeederThatIsKilledSendsNoDocumentAgainThatIsDone() throws Exception {
    int documents = 60;
    writeDocuments(documents);
    try (SlowModel model = new SlowModel(Duration.ofMillis(100))) {
      worker(model);
      ExampleProcess run = run(model);
      await().atMost(Duration.ofMinutes(1)).until(() -> model.asked() > documents);
      run.kill();
      await().atMost(Duration.ofMinutes(1)).until(() -> model.asked() == STAGES * documents);

      ExampleProcess next = run(model);

      assertThat(next.await()).as(next.output()).isZero();
      assertThat(new BatchOutcome(0, out, "", "").results()).hasSize(documents);
      assertThat(run(model).await()).isZero();
      assertThat(model.asked()).isBetween(STAGES * documents, 2 * STAGES * documents);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "distributed", matches = "all") // a minute
  void aFeederThatIsToldToEndWaitsForWhatIsOutAndThenReports() throws Exception {
    writeDocuments(3);
    try (SlowModel model = new SlowModel(Duration.ZERO)) {
      ExampleProcess run = run(model); // And nobody works.
      await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(out.resolve("results.jsonl")));

      run.end();

      assertThat(run.output()).contains("3 documents are left");
      worker(model);
      assertThat(run(model).await()).isZero();
      assertThat(model.asked()).as("one or two times").isBetween(STAGES * 3, STAGES * 6);
    }
  }

  @Test
  void eachDocumentIsOneTraceThroughAllProcesses() throws Exception {
    int documents = 4;
    writeDocuments(documents);
    try (SlowModel model = new SlowModel(Duration.ZERO)) {
      ExampleProcess worker = worker(model);
      assertThat(run(model).await()).isZero();
      worker.end(); // It sends its last spans.
    }

    Map<ByteString, List<String>> traces =
        collector.server().spans().stream()
            .collect(groupingBy(Span::getTraceId, mapping(Span::getName, toList())));
    assertThat(traces.values())
        .as("those of other tests are about results alone, which all feeders read")
        .filteredOn(trace -> trace.contains("chat m"))
        .hasSize(documents)
        .allSatisfy(
            trace ->
                assertThat(trace)
                    .contains("batch document", "llm-documents", "llm-results")
                    .filteredOn("chat m"::equals)
                    .hasSize(STAGES));
    assertThat(new BatchOutcome(0, out, "", "").results().findValuesAsText("traceId"))
        .hasSize(documents);
  }

  private ExampleProcess worker(SlowModel model) throws Exception {
    ExampleProcess worker = start(model, "worker");
    await().atMost(Duration.ofMinutes(1)).until(() -> worker.output().contains("Working"));
    return worker;
  }

  private ExampleProcess run(SlowModel model) throws Exception {
    return start(model, "batch", folder.toString(), "--out", out.toString(), "--no-work");
  }

  private ExampleProcess start(SlowModel model, String... arguments) throws Exception {
    ExampleProcess process =
        ExampleProcess.distributed(where(), model, collector.server().url(), arguments);
    processes.add(process);
    return process;
  }

  private void writeDocuments(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      Files.writeString(folder.resolve("%04d.txt".formatted(i)), "Invoice no. %d%n".formatted(i));
    }
  }

  private static String where() {
    return "kafka:" + kafka.address();
  }

  private static Map<String, JsonNode> values(BatchOutcome outcome) throws Exception {
    Map<String, JsonNode> values = new TreeMap<>();
    outcome
        .results()
        .properties()
        .forEach(result -> values.put(result.getKey(), result.getValue().path("fields")));
    return values;
  }
}
