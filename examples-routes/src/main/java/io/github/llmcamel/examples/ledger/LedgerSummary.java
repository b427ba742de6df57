/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a ledger comes to.
 *
 * @param lastRun the run that began last; null if none did
 * @param stages by stage, state and currency, in this order
 */
public record LedgerSummary(@Nullable LedgerRun lastRun, List<Sum> stages) {

  /**
   * What the entries of one stage come to that ended alike.
   *
   * @param entries how many there are
   * @param attempts how often models were asked
   * @param inputTokens null if no provider counted them
   * @param outputTokens null if no provider counted them
   * @param cost in {@code currency}; null if no model had a price
   */
  public record Sum(
      String stage,
      LedgerEntry.State state,
      long entries,
      long attempts,
      @Nullable Long inputTokens,
      @Nullable Long outputTokens,
      @Nullable BigDecimal cost,
      @Nullable String currency) {}
}
