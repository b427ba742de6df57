/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SumsTest {

  private final Sums sums = new Sums();

  @Test
  void whatNoCallToldIsUnknown() {
    sums.add(Spending.time(1));

    assertThat(sums.inputTokens()).isEqualTo("unknown");
    assertThat(sums.outputTokens()).isEqualTo("unknown");
    assertThat(sums.money()).isEqualTo("unknown");
    assertThat(sums).hasToString("");
  }

  @Test
  void noCallsAreNothing() {
    assertThat(sums.inputTokens()).isEqualTo("0");
    assertThat(sums.outputTokens()).isEqualTo("0");
    assertThat(sums.money()).isEqualTo("0");
    assertThat(sums).hasToString("");
  }

  @Test
  void zeroIsKnown() {
    sums.add(spent(0L, 0L, "0", "USD"));

    assertThat(sums.inputTokens()).isEqualTo("0");
    assertThat(sums.money()).isEqualTo("0 USD");
    assertThat(sums).hasToString("0 tokens, 0 USD");
  }

  @Test
  void whatSomeCallsToldIsTheSumOfThat() {
    sums.add(spent(null, 1L, null, null));
    sums.add(spent(1_000_000L, null, null, null));
    sums.add(spent(234_567L, 2L, null, null));

    assertThat(sums.inputTokens()).isEqualTo("1,234,567");
    assertThat(sums.outputTokens()).isEqualTo("3");
    assertThat(sums).hasToString("1,234,570 tokens");
  }

  @Test
  void currenciesStayApartAndACallWithoutAPriceIsNamed() {
    sums.add(spent(1L, 1L, "3.10", "USD"));
    sums.add(spent(1L, 1L, "2", "EUR"));
    sums.add(spent(1L, 1L, "0.10", "USD"));
    assertThat(sums.money()).isEqualTo("2 EUR + 3.2 USD");

    sums.add(spent(1L, 1L, null, null));
    assertThat(sums.money()).isEqualTo("2 EUR + 3.2 USD + unknown");
    assertThat(sums).hasToString("8 tokens, 2 EUR + 3.2 USD + unknown");
  }

  @Test
  void nobodyHasABillForACallThatFailed() {
    sums.add(spent(1L, 1L, "2", "EUR"));
    sums.addTokens(null, null);

    assertThat(sums.money()).isEqualTo("2 EUR");
  }

  @Test
  void oneSpendingHasNoCostOfSeveralCurrenciesOrOfOneThatIsUnknown() {
    Spending dollars = spent(1L, 2L, "3", "USD");

    assertThat(dollars.plus(spent(10L, null, "2", "USD"))).isEqualTo(spent(11L, 2L, "5", "USD"));
    assertThat(dollars.plus(spent(10L, null, "2", "EUR"))).isEqualTo(spent(11L, 2L, null, null));
    assertThat(dollars.plus(spent(10L, null, null, null))).isEqualTo(spent(11L, 2L, null, null));
  }

  private static Spending spent(
      @Nullable Long input,
      @Nullable Long output,
      @Nullable String cost,
      @Nullable String currency) {
    return new Spending(
        input, output, cost == null ? null : new BigDecimal(cost), currency, 0, null);
  }
}
