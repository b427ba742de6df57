/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelTest {

  private static final String LABELS = "invoice, e-mail, report,  report card , log, other";

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          invoice                           | invoice
          Invoice                           | invoice
          **E-MAIL**.                       | e-mail
          This document is an e-mail, no?   | e-mail
          log: it is no invoice             | log
          {"class": "invoice"}              | invoice
          a report card                     | report card
          a report, a card                  | report
          Other                             | other
          """,
      delimiter = '|')
  void theLabelThatAnAnswerNamesFirstIsChosen(String answer, String label)
      throws BadAnswerException {
    assertThat(choose(answer)).isEqualTo(label);
  }

  @ParameterizedTest
  @CsvSource({"catalog", "logs", "invoice_1", "éloge", "logé", "email", "?"})
  void anAnswerWithoutALabelOrWithoutOneThatIsAWordIsOther(String answer)
      throws BadAnswerException {
    assertThat(choose(answer)).isEqualTo("other");
  }

  @Test
  void aLabelIsSpeltAsItWasOffered() throws BadAnswerException {
    assertThat(new Label().choose("eine RECHNUNG", "Rechnung, Überweisung")).isEqualTo("Rechnung");
    assertThat(new Label().choose("überweisung", "Rechnung, Überweisung")).isEqualTo("Überweisung");
  }

  @ParameterizedTest
  @CsvSource({"''", "' '", "','", "'a,,b'"})
  void emptyLabelsAreNotOffered(String labels) throws BadAnswerException {
    assertThat(new Label().choose("? !", labels)).isEqualTo("other");
  }

  @Test
  void marksInALabelStandForThemselves() throws BadAnswerException {
    assertThat(new Label().choose("a.b", "a.b")).isEqualTo("a.b");
    assertThat(new Label().choose("axb", "a.b")).isEqualTo("other");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n"})
  void anEmptyAnswerIsNoAnswer(String answer) {
    assertThatExceptionOfType(BadAnswerException.class)
        .isThrownBy(() -> choose(answer))
        .withMessage("The model was asked for a label and said nothing.");
  }

  private static String choose(String answer) throws BadAnswerException {
    return new Label().choose(answer, LABELS);
  }
}
