/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.otel.testkit.KafkaBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether a batch that waits for its model is done twice as fast by two workers, and three times as
 * fast by three; and whether one of three can be killed. Takes minutes: {@code
 * -Dworkers.documents=600} is for one worker; two get twice as many.
 */
@EnabledIfSystemProperty(named = "workers.documents", matches = "\\d+")
class WorkersIT {

  private static final int DOCUMENTS = Integer.getInteger("workers.documents", 0);
  private static final int MOST_WORKERS = 3;
  private static final int STAGES = 3;
  private static final int IN_HAND = 8;
  private static final Duration ANSWER = Duration.ofMillis(250);
  private static final double DEVIATION = 15;

  @TempDir private Path folder;

  @Test
  void eachWorkerAddsAsMuchAsTheFirst() throws Exception {
    List<Double> rates = new ArrayList<>();
    List<ExampleProcess> workers = new ArrayList<>();
    try (KafkaBroker kafka = new KafkaBroker();
        SlowModel model = new SlowModel(ANSWER)) {
      for (int count = 1; count <= MOST_WORKERS; count++) {
        workers.add(worker(where(kafka), model));
        rates.add(rate(where(kafka), model, count * DOCUMENTS));
        System.out.printf("%d workers: %.1f documents a second%n", count, rates.get(count - 1));
      }
    } finally {
      for (ExampleProcess worker : workers) {
        worker.close();
      }
    }

    for (int count = 2; count <= MOST_WORKERS; count++) {
      assertThat(rates.get(count - 1) / count)
          .as("%d workers", count)
          .isCloseTo(rates.get(0), withinPercentage(DEVIATION));
    }
  }

  @Test
  void oneOfThreeThatIsKilledAtHalfLosesNothing() throws Exception {
    Path out = Files.createDirectory(folder.resolve("out"));
    try (KafkaBroker kafka = new KafkaBroker();
        SlowModel model = new SlowModel(ANSWER);
        ExampleProcess killed = worker(where(kafka), model);
        ExampleProcess second = worker(where(kafka), model);
        ExampleProcess third = worker(where(kafka), model);
        ExampleProcess run = run(where(kafka), model, DOCUMENTS, out)) {
      awaitResults(out, DOCUMENTS / 2);

      killed.kill();

      assertThat(run.await()).as(run.output()).isZero();
      assertThat(new BatchOutcome(0, out, "", "").results()).hasSize(DOCUMENTS);
      assertThat(model.asked()).isBetween(STAGES * DOCUMENTS, STAGES * (DOCUMENTS + IN_HAND));
      assertThat(model.mostAtOnce()).isBetween(2 * IN_HAND + 1, MOST_WORKERS * IN_HAND);
      assertThat(List.of(second, third)).allMatch(ExampleProcess::isAlive);
    }
  }

  /**
   * Documents a second between the first and the sixth tenth: later some workers have nothing left,
   * which in a long run is the last minute alone.
   */
  private double rate(String where, SlowModel model, int documents) throws Exception {
    Path out = Files.createDirectory(folder.resolve("out-" + documents));
    int askedBefore = model.asked();
    try (ExampleProcess run = run(where, model, documents, out)) {
      long from = awaitResults(out, documents / 10);
      int first = results(out);
      long to = awaitResults(out, documents * 6 / 10);
      int last = results(out);
      assertThat(run.await()).as(run.output()).isZero();
      assertThat(new BatchOutcome(0, out, "", "").results()).hasSize(documents);
      assertThat(model.asked() - askedBefore).isEqualTo(STAGES * documents);
      return (last - first) / ((to - from) / 1e9);
    }
  }

  private ExampleProcess run(String where, SlowModel model, int documents, Path out)
      throws Exception {
    Path inputs = Files.createDirectory(folder.resolve("in-" + documents));
    for (int i = 0; i < documents; i++) {
      Files.writeString(inputs.resolve("%05d.txt".formatted(i)), "Invoice no. %d%n".formatted(i));
    }
    return ExampleProcess.distributed(
        where, model, Map.of(), "batch", inputs.toString(), "--out", out.toString(), "--no-work");
  }

  private static long awaitResults(Path out, int count) {
    await()
        .atMost(Duration.ofMinutes(10))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> results(out) >= count);
    return System.nanoTime();
  }

  private static int results(Path out) throws IOException {
    Path file = out.resolve("results.jsonl");
    if (!Files.exists(file)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(file)) {
      return (int) lines.count();
    }
  }

  private static String where(KafkaBroker kafka) {
    return "kafka:" + kafka.address();
  }

  private static ExampleProcess worker(String where, SlowModel model) throws Exception {
    ExampleProcess worker = ExampleProcess.distributed(where, model, Map.of(), "worker");
    await().atMost(Duration.ofMinutes(1)).until(() -> worker.output().contains("Working"));
    return worker;
  }
}
