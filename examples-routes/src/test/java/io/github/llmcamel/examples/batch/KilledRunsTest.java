/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llmcamel.examples.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs whose process ends before their documents do. {@code -Dkills=50 -Ddocuments=2000} is the
 * proof at length.
 */
class KilledRunsTest {

  private static final int DOCUMENTS = Integer.getInteger("documents", 300);
  private static final int KILLS = Integer.getInteger("kills", 3);
  private static final long SEED = Long.getLong("seed", 7);
  private static final int STAGES = 3;
  private static final int CONCURRENCY = 8;
  private static final int LONGEST_START_MILLIS = 3000;

  private final Random random = new Random(SEED);
  @TempDir private Path folder;
  @TempDir private Path out;
  private @Nullable Process process;

  @BeforeEach
  void writeDocuments() throws IOException {
    for (int i = 0; i < DOCUMENTS; i++) {
      Files.writeString(folder.resolve("%05d.txt".formatted(i)), "Invoice no. %d%n".formatted(i));
    }
  }

  @AfterEach
  void leaveNoProcessBehind() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Test
  void noDocumentIsLostAndNoAnswerPaidTwiceBeyondTheCallsInFlight() throws Exception {
    try (CountingServer server = new CountingServer()) {
      int kills = 0;
      for (int i = KILLS; i > 0; i--) {
        kills += killAtRandom(start(server), server, i) ? 1 : 0;
        assertWholeLinesOnly();
      }
      Process last = start(server);

      assertThat(last.waitFor()).isZero();

      BatchOutcome outcome = new BatchOutcome(0, out, "", "");
      ObjectNode results = outcome.results(); // one line for each document
      assertThat(results.size()).isEqualTo(DOCUMENTS);
      assertThat(results.findValues("error")).isEmpty();
      assertThat(outcome.report()).contains("%d documents of".formatted(DOCUMENTS));
      System.out.printf(
          "%d documents, %d kills, seed %d: %d calls, %d of them repeated.%n",
          DOCUMENTS, kills, SEED, server.calls(), server.calls() - server.questions());
      assertThat(server.questions()).isEqualTo(DOCUMENTS * STAGES);
      assertThat(server.calls() - server.questions()).isLessThanOrEqualTo(kills * CONCURRENCY);
    }
  }

  /** Some are killed while they start, most after some calls. Returns false if it was too late. */
  private boolean killAtRandom(Process run, CountingServer server, int killsLeft)
      throws InterruptedException {
    if (random.nextInt(5) == 0) {
      run.waitFor(random.nextInt(LONGEST_START_MILLIS), TimeUnit.MILLISECONDS);
    } else {
      int left = DOCUMENTS * STAGES - server.questions();
      int enough = server.calls() + random.nextInt(1 + 2 * left / (killsLeft + 1));
      await()
          .atMost(Duration.ofMinutes(3))
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> server.calls() > enough || !run.isAlive());
    }
    boolean isKilled = run.isAlive();
    run.destroyForcibly().waitFor();
    return isKilled;
  }

  /** A start that came far has emptied the file. */
  private void assertWholeLinesOnly() throws IOException {
    if (Files.exists(results()) && Files.size(results()) > 0) {
      assertThat(Files.readString(results())).endsWith("}\n");
      assertThat(new BatchOutcome(137, out, "", "").results().size()).isBetween(1, DOCUMENTS);
    }
  }

  @Test
  void aProcessThatIsToldToEndEndsWhatItBeganAndTheNextOneDoesTheRest() throws Exception {
    try (CountingServer server = new CountingServer()) {
      Process run = start(server);
      await().atMost(Duration.ofMinutes(1)).until(() -> server.calls() > CONCURRENCY);

      run.destroy();

      assertThat(run.waitFor()).isNotZero();
      BatchOutcome outcome = new BatchOutcome(run.exitValue(), out, "", "");
      ObjectNode results = outcome.results();
      assertThat(results.size()).isBetween(1, DOCUMENTS - 1);
      assertThat(results.findValues("error")).isEmpty();
      assertThat(outcome.report()).contains("%d documents of".formatted(results.size()));
      assertThat(server.calls()).isEqualTo(results.size() * STAGES);

      assertThat(start(server).waitFor()).isZero();
      assertThat(outcome.results().size()).isEqualTo(DOCUMENTS);
      assertThat(server.calls()).isEqualTo(DOCUMENTS * STAGES);
    }
  }

  private Process start(CountingServer server) throws IOException {
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Examples.class.getName(),
                "batch",
                folder.toString(),
                "--out",
                out.toString(),
                "--provider",
                "vllm",
                "--model",
                "m",
                "--base-url",
                server.url(),
                "--no-stream",
                "--concurrency",
                String.valueOf(CONCURRENCY))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process = run;
    return run;
  }

  private Path results() {
    return out.resolve("results.jsonl");
  }
}
