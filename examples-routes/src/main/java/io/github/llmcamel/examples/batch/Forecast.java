/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.stages.CallEstimate;
import java.io.PrintWriter;
import java.util.Locale;

/** What a dry run says at its end. */
final class Forecast {

  private Forecast() {}

  static void print(PrintWriter terminal, CallEstimate estimate, Totals totals) {
    boolean isBounded = estimate.withoutLimit() == 0;
    terminal.printf(
        Locale.ROOT,
        """

        Dry run: nothing was sent or written.
        %d documents, %d of them unreadable or failed before; %,d calls to be made, %,d answers known.
        About %s input and %s output tokens%s.
        Cost: about %s%s.
        """,
        totals.documents(),
        totals.failed(),
        estimate.calls(),
        totals.all().reused(),
        estimate.expected().inputTokens(),
        estimate.expected().outputTokens(),
        isBounded ? ", at most %s output tokens".formatted(estimate.atMost().outputTokens()) : "",
        estimate.expected().money(),
        isBounded ? ", at most %s".formatted(estimate.atMost().money()) : "");
    if (!isBounded) {
      terminal.printf(
          Locale.ROOT,
          "What it is at most, nobody knows: %,d calls have no max-tokens.%n",
          estimate.withoutLimit());
    }
    if (!estimate.withoutPrice().isEmpty()) {
      terminal.printf("Without a price: %s.%n", String.join(", ", estimate.withoutPrice()));
    }
    terminal.flush();
  }
}
