/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that go on with what arrives. */
class WatchedBatchTest {

  private static final int STAGES = 3;
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;
  @TempDir private Path other;
  @TempDir private Path out;

  @Test
  void whatArrivesIsWorkedOnUntilTheEndAndTheLastTextOfADocumentCounts() throws Exception {
    try (CountingServer server = new CountingServer();
        ExampleProcess run = start(server)) {
      write("a.txt", "Invoice no. 1", LONG_AGO);
      write("empty.txt", "", LONG_AGO);
      awaitLines(2, run);
      write(other.resolve("sub/b.txt"), "Invoice no. 2", LONG_AGO);
      awaitLines(3, run);
      write("a.txt", "Invoice no. 10", LONG_AGO.plusSeconds(1));
      write("empty.txt", "Invoice no. 3", LONG_AGO.plusSeconds(1));
      awaitLines(5, run);

      run.end();

      BatchOutcome outcome = new BatchOutcome(0, out, run.output(), "");
      ObjectNode results = outcome.results(); // one line for each document
      assertThat(results.fieldNames()).toIterable().containsOnly("a.txt", "b.txt", "empty.txt");
      assertThat(results.findValues("error")).isEmpty();
      assertThat(outcome.report()).contains("3 documents of", "3 done, 0 failed");
      assertThat(outcome.output())
          .contains(
              "Watching %s, %s.".formatted(folder, other), "3 documents in", "3 done, 0 failed")
          .doesNotContain("left");
      assertThat(out.resolve("dead-letters")).isEmptyDirectory();
      assertThat(server.calls()).isEqualTo(4 * STAGES);

      BatchOutcome later = BatchOutcome.of(folder, out, asking(server, other.toString()));
      assertThat(later.exitCode()).as(later.errors()).isZero();
      assertThat(later.results()).hasSize(3);
      assertThat(server.calls()).as("paid for once").isEqualTo(4 * STAGES);
    }
  }

  @Test
  void aBudgetThatIsSpentIsItsEndAndNoFailure() throws IOException {
    write("a.txt", "Invoice no. 1", LONG_AGO);

    BatchOutcome run = BatchOutcome.of(folder, out, "--watch", "--max-tokens", "1");

    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.output()).contains("1 documents are left. The budget is 1 tokens;");
    assertThat(run.report()).contains("0 documents of");
    assertThat(run.results()).isEmpty();
  }

  @Test
  void onlyFoldersAreWatched() throws IOException {
    write("a.txt", "Invoice no. 1", LONG_AGO);

    for (String name : List.of("a.txt", "nowhere")) {
      Path input = folder.resolve(name);
      assertRefused(
          BatchOutcome.of(input, out, "--watch"),
          "--watch is for folders, and %s is none. Name folders that exist.".formatted(input));
    }
    assertRefused(BatchOutcome.of(Path.of("-"), out, "--watch"), "--watch is for folders");
  }

  @Test
  void resultsAreNotWatched() {
    for (Path inside : List.of(folder, folder.resolve("new/out"))) {
      assertRefused(
          BatchOutcome.of(folder, inside, "--watch"),
          "--out is %s, in the folder %s that is watched. Name one outside of it."
              .formatted(inside, folder));
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aDryRunHasAnEnd() {
    assertRefused(BatchOutcome.of(folder, out, "--watch", "--dry-run"), "--dry-run");
  }

  private static void assertRefused(BatchOutcome run, String reason) {
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errors()).contains(reason);
  }

  private ExampleProcess start(CountingServer server) throws IOException {
    return new ExampleProcess(
        Map.of(),
        Stream.concat(
                Stream.of("batch", folder.toString(), "--watch", "--out", out.toString()),
                Stream.of(asking(server, other.toString())))
            .toList());
  }

  private static String[] asking(CountingServer server, String documents) {
    return new String[] {
      documents, "--provider", "vllm", "--model", "m", "--base-url", server.url(), "--no-stream"
    };
  }

  private void write(String name, String text, Instant modified) throws IOException {
    write(folder.resolve(name), text, modified);
  }

  private void write(Path file, String text, Instant modified) throws IOException {
    Files.createDirectories(file.getParent());
    Path part = Files.writeString(folder.resolve(".part"), text);
    Files.setLastModifiedTime(part, FileTime.from(modified));
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void awaitLines(int number, ExampleProcess run) throws IOException {
    Path results = out.resolve("results.jsonl");
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              assertThat(results).as(run.output()).exists();
              assertThat(Files.readAllLines(results)).as(run.output()).hasSize(number);
            });
  }
}
