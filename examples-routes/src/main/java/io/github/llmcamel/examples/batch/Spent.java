/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.ledger.Spending;
import java.util.Locale;

/** What the documents so far have taken in this run and earlier ones, in a few words. */
final class Spent {

  private Spending sum = Spending.time(0);
  private long failed;

  void add(DocumentResult result) {
    result.stages().values().forEach(stage -> sum = sum.plus(stage.spent()));
    failed += result.isFailed() ? 1 : 0;
  }

  /** Such as {@code 12,345 tokens, 0.0120 USD, 3 failed}; what is unknown or none is left out. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (sum.inputTokens() != null || sum.outputTokens() != null) {
      long input = sum.inputTokens() == null ? 0 : sum.inputTokens();
      long output = sum.outputTokens() == null ? 0 : sum.outputTokens();
      text.append(String.format(Locale.ROOT, ", %,d tokens", input + output));
    }
    if (sum.cost() != null) {
      text.append(String.format(Locale.ROOT, ", %.4f %s", sum.cost(), sum.currency()));
    }
    if (failed > 0) {
      text.append(", ").append(failed).append(" failed");
    }
    return text.isEmpty() ? "" : text.substring(2);
  }
}
