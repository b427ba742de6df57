/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026-03-05            | 2026-03-05
          2026-03-05T10:00:00Z  | 2026-03-05
          2026/3/5              | 2026-03-05
          2026年3月5日          | 2026-03-05
          05.03.2026            | 2026-03-05
          5. 3. 2026            | 2026-03-05
          5 March 2026          | 2026-03-05
          5. März 2026          | 2026-03-05
          le 5 mars 2026        | 2026-03-05
          5 de marzo de 2026    | 2026-03-05
          March 5, 2026         | 2026-03-05
          MARCH 5th 2026        | 2026-03-05
          Sept. 1, 2026         | 2026-09-01
          25/03/2026            | 2026-03-25
          03/25/2026            | 2026-03-25
          03/03/2026            | 2026-03-03
          03/04/2026            | 03/04/2026
          31.02.2026            | 31.02.2026
          2026-13-01            | 2026-13-01
          """)
  void reads(String text, String date) {
    assertThat(Dates.in("On " + text + ".", 9)).containsExactly(date);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "March", "12345-01-01", "1.2.3", "v1.10.20261", "5 Marches 2026"})
  void findsNoneIn(String text) {
    assertThat(Dates.in(text, 9)).isEmpty();
  }

  @Test
  void givesEachDateOnceAndNotMoreThanWanted() {
    assertThat(Dates.in("2026-01-01, 1 January 2026, 2026-01-02, 2026-01-03", 2))
        .containsExactly("2026-01-01", "2026-01-02");
  }
}
