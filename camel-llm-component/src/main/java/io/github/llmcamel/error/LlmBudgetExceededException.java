/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.error;

import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * A budget of the exchange is used up, so that the provider was not asked. Look for what makes the
 * route call a model again and again, or raise the budget; repeating the call does not help.
 */
public final class LlmBudgetExceededException extends LlmException {

  private static final long serialVersionUID = 1L;

  private final Budget budget;
  private final BigDecimal limit;
  private final BigDecimal spent;
  private final @Nullable Currency currency;

  /** What is limited. */
  public enum Budget {
    /** The option maxCallsPerExchange. */
    CALLS("maxCallsPerExchange"),
    /** The option maxTokensPerExchange. */
    TOKENS("maxTokensPerExchange"),
    /** The option maxCostPerExchange. */
    COST("maxCostPerExchange");

    private final String option;

    Budget(String option) {
      this.option = option;
    }

    /** The option that sets it. */
    public String option() {
      return option;
    }
  }

  /**
   * @param limit what the option says
   * @param spent what the calls of the exchange had come to
   * @param currency of a cost; null for anything else
   */
  public LlmBudgetExceededException(
      Budget budget,
      BigDecimal limit,
      BigDecimal spent,
      @Nullable Currency currency,
      Failure failure) {
    super(message(budget, limit, spent, currency), failure, null);
    this.budget = budget;
    this.limit = limit;
    this.spent = spent;
    this.currency = currency;
  }

  private static String message(
      Budget budget, BigDecimal limit, BigDecimal spent, @Nullable Currency currency) {
    return "%s=%s is used up: the calls of this exchange have come to %s%s. Look for what makes the route call again and again, or raise the option; the provider was not asked."
        .formatted(
            budget.option(),
            limit.toPlainString(),
            spent.toPlainString(),
            currency == null ? "" : " " + currency.getCurrencyCode());
  }

  /** Which budget it is. */
  public Budget getBudget() {
    return budget;
  }

  /** What the option says: calls, tokens, or money. */
  public BigDecimal getLimit() {
    return limit;
  }

  /** What the calls of the exchange had come to before this one, in the unit of the limit. */
  public BigDecimal getSpent() {
    return spent;
  }

  /** The currency of a cost; null for calls and tokens. */
  public @Nullable Currency getCurrency() {
    return currency;
  }
}
