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
}
