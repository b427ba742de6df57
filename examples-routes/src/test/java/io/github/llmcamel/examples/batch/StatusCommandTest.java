/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.Examples;
import io.github.llmcamel.examples.ledger.Entries;
import io.github.llmcamel.examples.ledger.Ledger;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StatusCommandTest {

  @TempDir private Path out;
  @TempDir private Path folder;

  @Test
  void aRunThatHasEndedIsToldWithItsStages() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n");
    BatchOutcome.of(folder, out);

    Outcome status = status("--out", out.toString());

    assertThat(status.errors).isEmpty();
    assertThat(status.exitCode).isZero();
    assertThat(status.output)
        .containsPattern("Run: +began .*, ended .*, after ")
        .contains("Documents: 1: 1 done, 0 failed, 0 left")
        .containsPattern("classify +1 +1 +0 +1 ")
        .containsPattern("summarise +1 +1 +0 +1 ")
        .containsPattern("extract +1 +1 +0 +1 ");
  }

  @Test
  void anotherProcessTellsOfARunWhileItGoesOn() throws Exception {
    try (Ledger ledger = Ledger.open(Ledger.file(out.resolve("ledger")))) {
      new RunRecord(ledger, () -> 7).start();
      ledger.record(List.of(Entries.done("a.txt", "classify", "h"))).join();

      Process other =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Examples.class.getName(),
                  "status",
                  "--out",
                  out.toString())
              .redirectErrorStream(true)
              .start();

      assertThat(new String(other.getInputStream().readAllBytes(), UTF_8))
          .containsPattern("began .*, running, last heard of ")
          .contains("Documents: 7: 0 done, 0 failed, 7 left")
          .containsPattern("classify +1 +1 +0 +2 +10 +5 +0.25 USD");
      assertThat(other.waitFor()).isZero();
    }
  }

  @Test
  void whereThereIsNoLedgerThereIsNoneAfterwards() throws IOException {
    Outcome status = status("--out", out.toString());

    assertThat(status.exitCode).isEqualTo(2);
    assertThat(status.errors)
        .contains("--out is %s. There is no ledger yet. Start a run first".formatted(out));
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files).isEmpty();
    }
    assertThat(status("--out", out.resolve("nowhere").toString()).exitCode).isEqualTo(2);
    assertThat(out.resolve("nowhere")).doesNotExist();
  }

  @Test
  void aLedgerThatCannotBeReachedIsToldWithoutItsPassword() {
    Outcome status =
        status("--ledger", "jdbc:postgresql://127.0.0.1:1/ledger?user=u&password=geheim");

    assertThat(status.exitCode).isEqualTo(2);
    assertThat(status.errors)
        .contains("The ledger cannot be used: Connection to 127.0.0.1:1 refused")
        .doesNotContain("geheim", "\tat ");
  }

  private static Outcome status(String... arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int exitCode =
        new CommandLine(new StatusCommand())
            .setOut(new PrintWriter(output))
            .setErr(new PrintWriter(errors))
            .execute(arguments);
    return new Outcome(exitCode, output.toString(), errors.toString());
  }

  private record Outcome(int exitCode, String output, String errors) {}
}
