/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotalsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          total        | First total EUR 1.00. Grand total EUR 3.00 | EUR 3.00
          amount       | A EUR 9.00~Total due: EUR 2.00             | EUR 2.00
          amount       | A EUR 2.00, then EUR 9.00                  | EUR 2.00
          total amount | A EUR 2.00, then EUR 9.00, EUR 1.00        | EUR 9.00
          total        | EUR 5.00 in total                          | EUR 5.00
          net amount   | Gross EUR 9.00~Net 19% EUR 7.00            | EUR 7.00
          """)
  void choosesByTheName(String name, String text, String amount) {
    assertThat(in(text, name)).containsExactly(amount);
  }

  @Test
  void givesAllWhenAllAreWanted() {
    assertThat(in("EUR 1 and $2 and EUR 1", "amounts")).containsExactly("EUR 1", "$2");
  }

  @Test
  void choosesNothingThatIsNotThere() {
    assertThat(in("EUR 1.00", "net amount")).isEmpty();
    assertThat(in("Nothing.", "total")).isEmpty();
  }

  private static List<String> in(String text, String name) {
    return Totals.in(new Document(text.replace('~', '\n')), Words.ofName(name));
  }
}
