/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.price;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Objects;

/**
 * An amount of money.
 *
 * @param amount 0 and above; exact, without zeros at its end
 */
public record Cost(BigDecimal amount, Currency currency) {

  public Cost {
    Objects.requireNonNull(currency, "currency");
    amount = amount.stripTrailingZeros();
  }

  /** As people write it, such as {@code 0.0125 USD}. */
  @Override
  public String toString() {
    return amount.toPlainString() + " " + currency.getCurrencyCode();
  }
}
