/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.io.PrintWriter;
import java.util.Locale;

/** The last words of a run, on the terminal. */
final class Summary {

  private Summary() {}

  static void print(PrintWriter terminal, RunEnd end, Totals totals) {
    Tally all = totals.all();
    terminal.printf(
        Locale.ROOT,
        "%n%d documents in %.1f s: %d done, %d failed. %s input and %s output tokens.%n",
        totals.documents(),
        end.seconds(),
        totals.completed(),
        totals.failed(),
        all.sums().inputTokens(),
        all.sums().outputTokens());
    if (!end.whatIsLeft().isEmpty()) {
      terminal.println(end.whatIsLeft());
    }
    if (all.calls() > 0) {
      terminal.printf(
          "%d calls: %s a stage, first token after %s. Cost: %s.%n",
          all.calls(), all.time(), all.firstTokenTime(), all.sums().money());
    }
    if (!all.fromEarlierRuns().isEmpty()) {
      terminal.println(all.fromEarlierRuns());
    }
    totals
        .classes()
        .forEach((label, tally) -> terminal.printf("  %-12s %d%n", label, tally.documents()));
    terminal.flush();
  }

  /** Says where all is that a run leaves behind. */
  static void printWhereToLook(PrintWriter terminal, OutFolder out, Totals totals) {
    terminal.printf("Results: %s%n", out.results());
    terminal.printf("Report:  %s%n", out.report());
    if (totals.failed() > 0) {
      terminal.printf("Failed:  %s; --retry-failed works on them again%n", out.deadLetters());
    }
    if (totals.traceId() != null) {
      terminal.printf(
          "Traces:  look in your backend for the traceId of a line of %s, such as %s%n",
          out.results().getFileName(), totals.traceId());
    }
    terminal.flush();
  }
}
