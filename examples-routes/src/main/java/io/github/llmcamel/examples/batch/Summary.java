/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The last words of a run, on the terminal. */
final class Summary {

  private Summary() {}

  /**
   * @param left how many documents are left for the next run
   * @param exhausted why no more calls were to go out, in a sentence; null if more might have
   */
  static void print(
      PrintWriter terminal, Duration time, Totals totals, long left, @Nullable String exhausted) {
    Cost all = totals.all();
    terminal.printf(
        Locale.ROOT,
        "%n%d documents in %.1f s: %d done, %d failed. %s input and %s output tokens.%n",
        totals.documents(),
        time.toMillis() / 1000.0,
        totals.completed(),
        totals.failed(),
        all.inputTokens(),
        all.outputTokens());
    if (left > 0) {
      terminal.printf(
          "Stopped early: %d documents are left.%s%n",
          left, exhausted == null ? "" : " " + exhausted);
    } else if (exhausted != null) {
      terminal.println(exhausted);
    }
    if (all.calls() > 0) {
      terminal.printf(
          "%d calls: %s each, first token after %s. Cost: %s.%n",
          all.calls(), all.time(), all.firstTokenTime(), all.money());
    }
    if (all.reused() > 0) {
      terminal.printf("%d answers are from an earlier run.%n", all.reused());
    }
    totals
        .classes()
        .forEach((label, cost) -> terminal.printf("  %-12s %d%n", label, cost.documents()));
    terminal.flush();
  }
}
