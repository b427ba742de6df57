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

class YesOrNoTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Is this e-mail urgent? Answer yes or no.  | Yes | Please help immediately.
          Is this e-mail urgent? Answer yes or no.  | No  | See you in spring.
          Is it an invoice?                         | Yes | Bill to: Ann
          Does the text speak of camels?            | Yes | There are camels.
          Does the text speak of camels?            | No  | There are dogs.
          ''                                        | No  | Anything.
          """)
  void answersWhatTheQuestionIsAbout(String question, String answer, String text) {
    assertThat(YesOrNo.choose(List.of("Yes", "No"), question, new Document(text)))
        .isEqualTo(answer);
    assertThat(YesOrNo.choose(List.of("No", "Yes"), question, new Document(text)))
        .isEqualTo(answer);
  }

  @Test
  void isOfferedByNothingElse() {
    assertThat(YesOrNo.isOffered(List.of("Yes", "no"))).isTrue();
    assertThat(YesOrNo.isOffered(List.of("yes", "no", "maybe"))).isFalse();
    assertThat(YesOrNo.isOffered(List.of("spam", "ham"))).isFalse();
  }
}
