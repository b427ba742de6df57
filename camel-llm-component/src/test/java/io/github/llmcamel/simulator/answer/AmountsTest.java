/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          EUR 1,250.00 | EUR | 1250.00
          1.250,00 €   | EUR | 1250.00
          €99          | EUR | 99
          $1,250,000   | USD | 1250000
          US$5.5       | USD | 5.5
          1'250.50 CHF | CHF | 1250.50
          12 500 SEK   | SEK | 12500
          £0.99        | GBP | 0.99
          1.250 EUR    | EUR | 1250
          EUR -20.00   | EUR | -20.00
          -20.00 EUR   | EUR | -20.00
          """)
  void reads(String amount, String currency, BigDecimal value) {
    assertThat(Amounts.in("Pay " + amount + ", please.")).containsExactly(amount);
    assertThat(Amounts.currency(amount)).isEqualTo(currency);
    assertThat(Amounts.value(amount)).contains(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1250", "EUR", "AEUR 5", "5 EUROPE", "NEUR5"})
  void findsNoAmountIn(String text) {
    assertThat(Amounts.in(text)).isEmpty();
  }

  @Test
  void findsPlainNumbersThatAreNoDates() {
    assertThat(Amounts.firstNumber("On 2026-01-01 we sold 1,234 pieces.")).contains("1,234");
    assertThat(Amounts.firstNumber("On 2026-01-01, v2 of 3.4.5")).isEmpty();
    assertThat(Amounts.value("none")).isEmpty();
  }
}
