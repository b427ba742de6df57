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

class PromptTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          Summarise this.~~The text.~~More.      | Summarise this.           | The text.~~More.
          You are a clerk. Classify it.~~Text.   | You are a clerk. Classify it. | Text.
          Summarise:~The text has some words~~More. | Summarise:             | The text has some words~~More.
          Labels:~~- a~- b~~Text.                | Labels:~~- a~- b          | Text.
          Labels:~- a~- b~Text.                  | Labels:~- a~- b           | Text.
          Extract as JSON.~Text.                 | Extract as JSON.          | Text.
          The text.~~Summarise the above.        | Summarise the above.      | The text.
          Summarise: The text.                   | Summarise:                | The text.
          Choose one of: a, b. Text about b.     | Choose one of: a, b.      | Text about b.
          The report is done.~~It says nothing.  | ''                        | The report is done.~~It says nothing.
          Which of both is it? A or B?~~Text.    | Which of both is it? A or B? | Text.
          Really?~~It says nothing.              | ''                        | Really?~~It says nothing.
          Summarise the text.                    | Summarise the text.       | ''
          ''                                     | ''                        | ''
          """)
  void splitsAMessage(String message, String instruction, String document) {
    Prompt prompt = Prompt.readings(List.of(new Turn("user", message.replace('~', '\n')))).get(0);

    assertThat(prompt.instruction().replace('\n', '~')).isEqualTo(instruction);
    assertThat(prompt.document().replace('\n', '~')).isEqualTo(document);
  }

  @Test
  void readsTheEarlierMessagesFirst() {
    List<Prompt> readings =
        Prompt.readings(
            List.of(
                new Turn("system", "Classify."),
                new Turn("user", "Labels: a, b\r\nc"),
                new Turn("assistant", "ignored"),
                new Turn("tool", "ignored"),
                new Turn("user", "Summarise.\r\n\r\nText.")));

    assertThat(readings)
        .containsExactly(
            new Prompt(
                "Classify.\n\nLabels: a, b\nc", "Summarise.\n\nText.", "Summarise.\n\nText."),
            new Prompt("Summarise.", "Text.", "Text."));
  }

  @Test
  void takesALoneInstructionAsItsOwnSubject() {
    assertThat(Prompt.readings(List.of(new Turn("user", "Tell a story."))))
        .containsExactly(new Prompt("Tell a story.", "", "Tell a story."));
  }
}
