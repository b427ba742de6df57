/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.PATH;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.github.llmcamel.examples.distribute.RunningKafka;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A batch over Kafka, as its users run it: each process is one. */
@Timeout(180)
class DistributedBatchTest {

  private static final int STAGES = 3;

  /** Documents that a worker has in hand, if it is not told how many. */
  private static final int IN_HAND = 8;

  @RegisterExtension private static final RunningKafka KAFKA = new RunningKafka();

  @TempDir private Path folder;
  @TempDir private Path out;

  @RegisterExtension private final Collector collector = new Collector();

  private final List<ExampleProcess> processes = new ArrayList<>();

  private String topics = "";

  @BeforeEach
  void haveTopicsOfItsOwn(TestInfo test) {
    topics = test.getTestMethod().orElseThrow().getName() + "-";
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

    BatchOutcome outcome =
        BatchOutcome.of(folder, out, "--distribute", KAFKA.where(), "--dsl", "yaml");

    assertThat(outcome.errors()).isEmpty();
    assertThat(outcome.exitCode()).isOne();
    assertThat(values(outcome)).isEqualTo(values(alone)).hasSize(6);
    assertThat(out.resolve("dead-letters")).isDirectoryContaining("glob:**empty*");

    BatchOutcome again =
        BatchOutcome.of(folder, alone.out(), "--distribute", KAFKA.where(), "--no-work");
    assertThat(values(again)).as("nothing is sent, and nobody works").isEqualTo(values(alone));
  }

  @Test
  void feedersAtOnceShareTopicsAndEachGetsItsOwnResults() throws Exception {
    Path mine = documents("mine", 6);
    Path yours = documents("yours", 6);
    Path ours = documents("ours", 3);
    try (SlowModel model = new SlowModel(Duration.ofMillis(50))) {
      CompletableFuture<BatchOutcome> your =
          CompletableFuture.supplyAsync(() -> runHere(model, yours, ours));
      BatchOutcome my = runHere(model, mine, ours);

      assertThat(names(my)).containsExactlyInAnyOrderElementsOf(names(mine, ours));
      assertThat(names(your.get())).containsExactlyInAnyOrderElementsOf(names(yours, ours));
      assertThat(model.asked())
          .as("what is ours is done once or twice")
          .isBetween(STAGES * (6 + 6 + 3), STAGES * (6 + 6 + 3 + 3));
    }
  }

  @Test
  void aRunThatAsksAnotherModelThanItsWorkersEndsWithTheReason() throws Exception {
    writeDocuments(3);
    System.setProperty("distribute.prefix", topics);
    try (SlowModel model = new SlowModel(Duration.ZERO)) {
      ExampleProcess worker = start(model, "worker");

      BatchOutcome run = BatchOutcome.of(folder, out, "--no-work", "--distribute", KAFKA.where());

      assertThat(run.exitCode()).as(run.errors()).isOne();
      assertThat(run.output()).contains("3 documents are left. The pipeline of the run is ");
      assertThat(worker.output()).containsOnlyOnce("The pipeline of the run is ");
      assertThat(model.asked()).isZero();
    } finally {
      System.clearProperty("distribute.prefix");
    }
  }

  @Test
  void aWorkerThatIsKilledLosesNothingAndOnlyWhatItHadInHandIsDoneAgain() throws Exception {
    int documents = 120;
    writeDocuments(documents);
    try (SlowModel model = new SlowModel(Duration.ofMillis(200))) {
      ExampleProcess first = start(model, "worker");
      start(model, "worker");
      ExampleProcess run = run(model);
      awaitTwoWorkers();
      await().atMost(Duration.ofMinutes(1)).until(() -> model.asked() > documents);

      first.kill();

      assertThat(run.await()).as(run.output()).isZero();
      assertThat(new BatchOutcome(0, out, "", "").results()).hasSize(documents);
      assertThat(model.asked()).isBetween(STAGES * documents, STAGES * (documents + IN_HAND));
      assertThat(model.mostAtOnce()).isLessThanOrEqualTo(2 * IN_HAND);
    }
  }

  @Test
  void aWorkerThatIsToldToEndHandsOverWhatItHasNotDone() throws Exception {
    int documents = 60;
    writeDocuments(documents);
    try (SlowModel model = new SlowModel(Duration.ofMillis(200))) {
      ExampleProcess first = start(model, "worker");
      start(model, "worker");
      ExampleProcess run = run(model);
      awaitTwoWorkers();
      await().atMost(Duration.ofMinutes(1)).until(() -> model.asked() > documents);

      first.end();

      assertThat(run.await()).as(run.output()).isZero();
      assertThat(new BatchOutcome(0, out, "", "").results()).hasSize(documents);
      assertThat(model.asked()).isEqualTo(STAGES * documents);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "distributed", matches = "all") // 20 s
  void aFeederThatIsKilledSendsNoDocumentAgainThatIsDone() throws Exception {
    int documents = 60;
    writeDocuments(documents);
    try (SlowModel model = new SlowModel(Duration.ofMillis(100))) {
      start(model, "worker");
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
  @EnabledIfSystemProperty(named = "distributed", matches = "all") // 40 s
  void aFeederThatIsToldToEndWaitsForWhatIsOutAndThenReports() throws Exception {
    writeDocuments(3);
    Path old = Files.createFile(out.resolve("report.md"));
    try (SlowModel model = new SlowModel(Duration.ZERO)) {
      ExampleProcess run = run(model); // And nobody works.
      await().atMost(Duration.ofMinutes(1)).until(() -> Files.notExists(old));

      run.end();

      assertThat(run.output()).contains("3 documents are left");
      worker(model);
      assertThat(run(model).await()).isZero();
      assertThat(model.asked()).as("one or two times").isBetween(STAGES * 3, STAGES * 6);
    }
  }

  @Test
  void aDocumentThatFailsWithAWorkerIsADeadLetterOfTheRun() throws Exception {
    writeDocuments(2);
    Files.writeString(folder.resolve("poem.txt"), SlowModel.WITHOUT_FACTS);
    System.setProperty("distribute.prefix", topics);
    try (SlowModel model = new SlowModel(Duration.ZERO)) {
      BatchOutcome run = runHere(model, folder);

      assertThat(run.exitCode()).as(run.errors()).isOne();
      assertThat(run.results()).hasSize(3);
      assertThat(run.results().path("poem.txt").path("error").asText()).contains("JSON");
      assertThat(run.results().path("poem.txt").path("answer").asText()).isEqualTo("invoice");
      try (Stream<Path> letters = Files.list(run.out().resolve("dead-letters"))) {
        assertThat(letters)
            .singleElement(as(PATH))
            .isDirectoryContaining("glob:**reason.json")
            .isDirectoryContaining("glob:**answer.txt")
            .isDirectoryContaining("glob:**document.txt");
      }
    } finally {
      System.clearProperty("distribute.prefix");
    }
  }

  @Test
  void eachDocumentIsOneTraceThroughAllProcesses() throws Exception {
    int documents = 4;
    writeDocuments(documents);
    try (SlowModel model = new SlowModel(Duration.ZERO)) {
      ExampleProcess worker = start(model, "worker");
      assertThat(run(model).await()).isZero();
      worker.end(); // It sends its last spans.
    }

    Map<ByteString, List<String>> traces =
        collector.server().spans().stream()
            .collect(groupingBy(Span::getTraceId, mapping(Span::getName, toList())));
    assertThat(traces.values())
        .filteredOn(trace -> trace.contains("chat m"))
        .hasSize(documents)
        .allSatisfy(
            trace ->
                assertThat(trace)
                    .contains("batch document", topics + "documents", topics + "results")
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

  private void awaitTwoWorkers() {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> KAFKA.group(topics + "workers").members().size() == 2 * IN_HAND);
  }

  private ExampleProcess run(SlowModel model) throws Exception {
    return start(model, "batch", folder.toString(), "--out", out.toString(), "--no-work");
  }

  private ExampleProcess start(SlowModel model, String... arguments) throws Exception {
    Map<String, String> environment =
        Map.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            collector.server().url(),
            "DISTRIBUTE_PREFIX",
            topics,
            "DISTRIBUTE_SILENCE",
            "6000"); // The least that Kafka allows.
    ExampleProcess process =
        ExampleProcess.distributed(KAFKA.where(), model, environment, arguments);
    processes.add(process);
    return process;
  }

  private void writeDocuments(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      Files.writeString(folder.resolve("%04d.txt".formatted(i)), "Invoice no. %d%n".formatted(i));
    }
  }

  private Path documents(String name, int count) throws Exception {
    Path documents = Files.createDirectory(folder.resolve(name));
    for (int i = 0; i < count; i++) {
      Files.writeString(documents.resolve(name + "-" + i), "Invoice no. %d%n".formatted(i));
    }
    return documents;
  }

  private BatchOutcome runHere(SlowModel model, Path documents, Path... more) {
    List<String> options = new ArrayList<>(List.of("--distribute", KAFKA.where()));
    options.addAll(Stream.of(more).map(Path::toString).toList());
    options.addAll(List.of("--provider", "vllm", "--model", "m", "--base-url", model.url()));
    options.add("--no-stream");
    return BatchOutcome.of(
        documents, out.resolve(documents.getFileName()), options.toArray(String[]::new));
  }

  private static List<String> names(BatchOutcome outcome) throws Exception {
    return outcome.results().properties().stream().map(Map.Entry::getKey).toList();
  }

  private static List<String> names(Path... folders) throws Exception {
    List<String> names = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.list(folder)) {
        files.forEach(file -> names.add(file.getFileName().toString()));
      }
    }
    return names;
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
