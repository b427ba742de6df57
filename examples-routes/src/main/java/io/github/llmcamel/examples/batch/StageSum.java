/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.ledger.LedgerEntry;
import io.github.llmcamel.examples.ledger.LedgerSummary;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a ledger has of one stage, however it ended. */
final class StageSum {

  private static final String UNKNOWN = "unknown";

  private final Map<String, BigDecimal> money = new TreeMap<>();
  private long done;
  private long failed;
  private long attempts;
  private @Nullable Long inputTokens;
  private @Nullable Long outputTokens;
  private boolean hasUnknownCost;

  void add(LedgerSummary.Sum sum) {
    boolean isDone = sum.state() == LedgerEntry.State.DONE;
    done += isDone ? sum.entries() : 0;
    failed += isDone ? 0 : sum.entries();
    attempts += sum.attempts();
    inputTokens = plus(inputTokens, sum.inputTokens());
    outputTokens = plus(outputTokens, sum.outputTokens());
    if (sum.cost() != null && sum.currency() != null) {
      money.merge(sum.currency(), sum.cost(), BigDecimal::add);
    } else {
      hasUnknownCost |= isDone; // Nobody has a bill for a call that failed.
    }
  }

  private static @Nullable Long plus(@Nullable Long known, @Nullable Long more) {
    return known == null ? more : more == null ? known : Long.valueOf(known + more);
  }

  List<String> row(String stage) {
    return List.of(
        stage,
        number(done + failed),
        number(done),
        number(failed),
        number(attempts),
        number(inputTokens),
        number(outputTokens),
        cost());
  }

  /** Such as {@code 0.12 EUR + 0.3 USD}; calls without a price are named, not counted as 0. */
  private String cost() {
    String sums =
        money.entrySet().stream()
            .map(sum -> sum.getValue().stripTrailingZeros().toPlainString() + " " + sum.getKey())
            .collect(Collectors.joining(" + "));
    if (sums.isEmpty()) {
      return UNKNOWN;
    }
    return hasUnknownCost ? sums + " + " + UNKNOWN : sums;
  }

  private static String number(@Nullable Long count) {
    return count == null ? UNKNOWN : String.format(Locale.ROOT, "%,d", count);
  }
}
