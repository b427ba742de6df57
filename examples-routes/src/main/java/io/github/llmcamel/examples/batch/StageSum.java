/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.ledger.LedgerEntry;
import io.github.llmcamel.examples.ledger.LedgerSummary;
import io.github.llmcamel.examples.ledger.Sums;
import java.util.List;
import java.util.Locale;

/** What a ledger has of one stage, however it ended. */
final class StageSum {

  private final Sums sums = new Sums();
  private long done;
  private long failed;
  private long attempts;

  void add(LedgerSummary.Sum sum) {
    boolean isDone = sum.state() == LedgerEntry.State.DONE;
    done += isDone ? sum.entries() : 0;
    failed += isDone ? 0 : sum.entries();
    attempts += sum.attempts();
    sums.addTokens(sum.inputTokens(), sum.outputTokens());
    if (isDone || sum.cost() != null) { // Nobody has a bill for a call that failed.
      sums.addCost(sum.cost(), sum.currency());
    }
  }

  List<String> row(String stage) {
    return List.of(
        stage,
        number(done + failed),
        number(done),
        number(failed),
        number(attempts),
        sums.inputTokens(),
        sums.outputTokens(),
        sums.money());
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
