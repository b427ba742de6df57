/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.error.LlmBudgetExceededException.Budget;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.price.Cost;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of an exchange and all its copies come to. Thread-safe.
 *
 * <p>Camel copies the property that holds it, so that the parts of a split and the exchange they
 * come from spend of one budget.
 */
final class ExchangeSpending {

  private static final String PROPERTY = "CamelLlmSpending";

  private final Map<Currency, BigDecimal> costs = new HashMap<>();
  private long calls;
  private long tokens;

  /** That of {@code exchange}; the first look must be taken before the exchange is copied. */
  static ExchangeSpending of(Exchange exchange) {
    ExchangeSpending spending = exchange.getProperty(PROPERTY, ExchangeSpending.class);
    if (spending == null) {
      spending = new ExchangeSpending();
      exchange.setProperty(PROPERTY, spending);
    }
    return spending;
  }

  /**
   * A budget that is used up.
   *
   * @param currency of a cost; null for anything else
   */
  record Excess(Budget budget, BigDecimal limit, BigDecimal spent, @Nullable Currency currency) {}

  /**
   * Counts a call, if the budget has room for it.
   *
   * @param currency of its price; null if that is not known
   * @return what is used up, so that there must be no call; null if nothing is
   */
  synchronized @Nullable Excess begin(ExchangeBudget budget, @Nullable Currency currency) {
    Excess excess = excess(Budget.CALLS, decimal(budget.calls()), BigDecimal.valueOf(calls), null);
    if (excess == null) {
      excess = excess(Budget.TOKENS, decimal(budget.tokens()), BigDecimal.valueOf(tokens), null);
    }
    if (excess == null) {
      BigDecimal spent = costs.getOrDefault(currency, BigDecimal.ZERO);
      excess = excess(Budget.COST, budget.cost(), spent, currency);
    }
    if (excess == null) {
      calls++;
    }
    return excess;
  }

  /**
   * Adds what a call came to.
   *
   * @param usage what the provider has not counted adds nothing
   * @param cost null if it is not known
   */
  synchronized void add(Usage usage, @Nullable Cost cost) {
    tokens += count(usage.inputTokens()) + count(usage.outputTokens());
    if (cost != null) {
      costs.merge(cost.currency(), cost.amount(), BigDecimal::add);
    }
  }

  private static @Nullable Excess excess(
      Budget budget, @Nullable BigDecimal limit, BigDecimal spent, @Nullable Currency currency) {
    return limit == null || spent.compareTo(limit) < 0
        ? null
        : new Excess(budget, limit, spent, currency);
  }

  private static @Nullable BigDecimal decimal(@Nullable Number whole) {
    return whole == null ? null : BigDecimal.valueOf(whole.longValue());
  }

  private static long count(@Nullable Long known) {
    return known == null ? 0 : known;
  }
}
