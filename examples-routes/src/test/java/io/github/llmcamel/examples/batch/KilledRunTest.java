/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.examples.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a run whose process ends before its documents do. */
class KilledRunTest {

  private static final int DOCUMENTS = 4_000;

  @TempDir private Path folder;
  @TempDir private Path out;
  private @Nullable Process process;

  @BeforeEach
  void writeMoreDocumentsThanWillBeRead() throws IOException {
    for (int i = 0; i < DOCUMENTS; i++) {
      Files.writeString(folder.resolve("%04d.txt".formatted(i)), "Invoice no. %d%n".formatted(i));
    }
  }

  @AfterEach
  void leaveNoProcessBehind() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Test
  void aKilledProcessLeavesWholeLines() throws Exception {
    Process run = startAndAwaitResults();

    run.destroyForcibly().waitFor();

    assertThat(Files.readString(results())).endsWith("}\n");
    assertThat(new BatchOutcome(run.exitValue(), out, "", "").results().size())
        .isBetween(1, DOCUMENTS - 1);
    assertThat(out.resolve("report.md")).doesNotExist();
  }

  @Test
  void aProcessThatIsToldToEndReportsWhatIsDone() throws Exception {
    Process run = startAndAwaitResults();

    run.destroy();
    run.waitFor();

    BatchOutcome outcome = new BatchOutcome(run.exitValue(), out, "", "");
    int done = outcome.results().size();
    assertThat(done).isBetween(1, DOCUMENTS - 1);
    assertThat(outcome.report()).contains("%d documents of".formatted(done));
  }

  private Process startAndAwaitResults() throws IOException {
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
                "--concurrency",
                "1")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process = run;
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> Files.exists(results()) && Files.size(results()) > 0);
    return run;
  }

  private Path results() {
    return out.resolve("results.jsonl");
  }
}
