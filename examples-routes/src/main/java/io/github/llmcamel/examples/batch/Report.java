/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.ledger.Sums;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes {@code report.md}: what a run did, for a reader. */
final class Report {

  private final PrintWriter out;

  private Report(PrintWriter out) {
    this.out = out;
  }

  /** Replaces {@code file}. */
  static void write(
      Path file, BatchSettings settings, RunEnd end, Totals totals, ResultsFile results)
      throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
      Report report = new Report(out);
      report.head(settings, end, totals);
      report.classes(totals);
      report.stages(totals);
      report.failures(totals, results);
      report.documents(totals, results);
      if (out.checkError()) {
        throw new IOException(file + " cannot be written to its end.");
      }
    }
  }

  private void head(BatchSettings settings, RunEnd end, Totals totals) {
    out.printf(
        Locale.ROOT,
        """
        # Batch report

        %d documents of %s in %.1f s: %d done, %d failed.
        Asked: llm:%s, model %s, %s answers, %s.
        """,
        totals.documents(),
        escape(String.join(", ", settings.inputs().names())),
        end.seconds(),
        totals.completed(),
        totals.failed(),
        escape(settings.asked().provider()),
        settings.asked().model() == null
            ? "of the configuration"
            : escape(settings.asked().model()),
        settings.asked().streamed() ? "streamed" : "whole",
        settings.atOnce());
    paragraph(end.whatIsLeft());
    paragraph(totals.all().fromEarlierRuns());
  }

  private void paragraph(String text) {
    if (!text.isEmpty()) {
      out.printf("%n%s%n", escape(text));
    }
  }

  private void classes(Totals totals) {
    section("Classes");
    row("class", "documents", "input tokens", "output tokens", "cost", "time of a stage");
    row("---", "---:", "---:", "---:", "---:", "---:");
    totals.classes().forEach(this::classRow);
    classRow("all, also failed", totals.all());
  }

  private void classRow(String name, Tally tally) {
    Sums sums = tally.sums();
    row(
        name,
        tally.documents(),
        sums.inputTokens(),
        sums.outputTokens(),
        sums.money(),
        tally.time());
  }

  private void stages(Totals totals) {
    section("Stages");
    if (totals.stages().isEmpty()) {
      out.println("No model was asked.");
      return;
    }
    row("stage", "calls", "input tokens", "output tokens", "cost", "time", "first token after");
    row("---", "---:", "---:", "---:", "---:", "---:", "---:");
    totals
        .stages()
        .forEach(
            (stage, tally) ->
                row(
                    stage,
                    tally.calls(),
                    tally.sums().inputTokens(),
                    tally.sums().outputTokens(),
                    tally.sums().money(),
                    tally.time(),
                    tally.firstTokenTime()));
  }

  private void failures(Totals totals, ResultsFile results) throws IOException {
    section("Failures");
    if (totals.failed() == 0) {
      out.println("No document failed.");
      return;
    }
    row("document", "reason");
    row("---", "---");
    results.forEach(
        result -> {
          if (result.isFailed()) {
            row(result.document(), result.error());
          }
        });
  }

  private void documents(Totals totals, ResultsFile results) throws IOException {
    section("Documents");
    if (totals.completed() == 0) {
      out.println("No document is done.");
      return;
    }
    row("document", "class", "summary");
    row("---", "---", "---");
    results.forEach(
        result -> {
          if (!result.isFailed()) {
            row(result.document(), result.value("label"), result.value("summary"));
          }
        });
  }

  private void section(String title) {
    out.printf("%n## %s%n%n", title);
  }

  private void row(@Nullable Object... cells) {
    for (Object cell : cells) {
      out.print("| " + escape(String.valueOf(cell)) + " ");
    }
    out.println("|");
  }

  /** What a model writes must not break the table, or become markup. */
  private static String escape(String cell) {
    return cell.replaceAll("[\\s\\p{IsControl}]+", " ").replaceAll("([|`*_~<\\[\\\\])", "\\\\$1");
  }
}
