/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.ledger.Spending;
import io.github.llmcamel.examples.stages.CallEstimate;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a dry run says at its end. */
final class Forecast {

  private static final String UNKNOWN = "unknown";

  private Forecast() {}

  static void print(PrintWriter terminal, CallEstimate estimate, Totals totals) {
    Spending expected = estimate.expected();
    Spending atMost = estimate.atMost();
    terminal.printf(
        Locale.ROOT,
        """

        Dry run: nothing was sent or written.
        %d documents, %d of them unreadable; %,d calls to be made, %,d answers known.
        About %s input and %s output tokens, at most %s output tokens.
        Cost: about %s, at most %s.
        """,
        totals.documents(),
        totals.failed(),
        estimate.calls(),
        totals.all().reused(),
        count(expected.inputTokens()),
        count(expected.outputTokens()),
        count(atMost.outputTokens()),
        money(expected),
        money(atMost));
    if (!estimate.withoutPrice().isEmpty()) {
      terminal.printf("Without a price: %s.%n", String.join(", ", estimate.withoutPrice()));
    }
    terminal.flush();
  }

  private static String count(@Nullable Long tokens) {
    return tokens == null ? UNKNOWN : String.format(Locale.ROOT, "%,d", tokens);
  }

  private static String money(Spending spending) {
    return spending.cost() == null
        ? UNKNOWN
        : spending.cost().stripTrailingZeros().toPlainString() + " " + spending.currency();
  }
}
