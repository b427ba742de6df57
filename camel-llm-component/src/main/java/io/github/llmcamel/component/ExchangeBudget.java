/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.error.LlmBudgetExceededException.Budget;
import java.math.BigDecimal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How much the calls of one exchange may come to, before an endpoint makes another one. Null is no
 * limit.
 *
 * @param calls 1 and above
 * @param tokens of input and output; 1 and above
 * @param cost above 0, in the currency of each model's price
 */
record ExchangeBudget(@Nullable Integer calls, @Nullable Long tokens, @Nullable BigDecimal cost) {

  /** No limits. */
  static final ExchangeBudget NONE = new ExchangeBudget(null, null, null);

  /**
   * What the options say; the URI goes before the component option by option.
   *
   * @throws IllegalArgumentException if a value is out of range; names the option
   */
  static ExchangeBudget of(LlmConfiguration uri, LlmConfiguration component) {
    return new ExchangeBudget(
        checked(Budget.CALLS, first(LlmConfiguration::getMaxCallsPerExchange, uri, component)),
        checked(Budget.TOKENS, first(LlmConfiguration::getMaxTokensPerExchange, uri, component)),
        checked(
            Budget.COST, decimal(first(LlmConfiguration::getMaxCostPerExchange, uri, component))));
  }

  private static <T> @Nullable T first(
      Function<LlmConfiguration, @Nullable T> getter,
      LlmConfiguration uri,
      LlmConfiguration component) {
    T value = getter.apply(uri);
    return value != null ? value : getter.apply(component);
  }

  /** Not Camel's to convert: it knows no such numbers. */
  private static @Nullable BigDecimal decimal(@Nullable String text) {
    try {
      return text == null ? null : new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s is '%.100s'; it must be a decimal number above 0, such as 0.50."
              .formatted(Budget.COST.option(), text),
          e);
    }
  }

  private static <T extends Number> @Nullable T checked(Budget budget, @Nullable T value) {
    if (value != null && value.doubleValue() <= 0) {
      throw new IllegalArgumentException(
          "%s is %s; it must be above 0, or be left away for no limit."
              .formatted(budget.option(), OptionNumber.shown(value)));
    }
    return value;
  }
}
