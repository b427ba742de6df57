/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryTest {

  private static final String TEXT =
      "Dr. Ann Lee met Bob at 5 p.m. in Rome. They talked, e.g. about camels! What came of it? Much.";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Summarise in one sentence.            | Dr. Ann Lee met Bob at 5 p.m. in Rome.
          A two-sentence summary, please.       | Dr. Ann Lee met Bob at 5 p.m. in Rome. They talked, e.g. about camels!
          Summarise in at most 4 words          | Dr. Ann Lee met…
          Summarise in 15 words or fewer        | Dr. Ann Lee met Bob at 5 p.m. in Rome. They talked, e.g. about camels!
          Summarise in a single short sentence  | Dr. Ann Lee met Bob at 5 p.m. in Rome.
          Sum it up.                            | Dr. Ann Lee met Bob at 5 p.m. in Rome. They talked, e.g. about camels! What came of it? Much.
          """)
  void keepsToTheWantedLength(String instruction, String summary) {
    assertThat(Summary.of(new Prompt(instruction, TEXT, TEXT))).isEqualTo("[simulated] " + summary);
  }

  @Test
  void saysAtMostFortyWordsByItself() {
    String text = String.join(" ", Collections.nCopies(100, "word"));

    assertThat(sumUp(text).split(" ", -1)).hasSize(41);
    assertThat(sumUp(text)).startsWith("[simulated] word ").endsWith(" word…");
  }

  @Test
  void boundsTextsWithoutSpaces() {
    assertThat(sumUp("山".repeat(5_000))).isEqualTo("[simulated] " + "山".repeat(400) + "…");
    assertThat(sumUp("𝒳".repeat(5_000))).isEqualTo("[simulated] " + "𝒳".repeat(200) + "…");
  }

  @Test
  void prefersProseToHeadersHeadingsAndGreetings() {
    assertThat(sumUp("# News\n\nFrom: A\nTo: B\n\nDear B,\n\nit works\nat last. Bye."))
        .isEqualTo("[simulated] it works at last. Bye.");
    assertThat(sumUp("10:00:00 INFO up\n10:00:01 WARN hot"))
        .isEqualTo("[simulated] 10:00:00 INFO up 10:00:01 WARN hot");
    assertThat(sumUp("Invoice 7\nFrom: A\nTotal: 5 EUR"))
        .isEqualTo("[simulated] Invoice 7 From: A Total: 5 EUR");
  }

  @Test
  void endsSentencesOfOtherScripts() {
    assertThat(Summary.firstSentence(new Document("本日は会議です。ありがとう。"))).isEqualTo("本日は会議です。");
    assertThat(Summary.firstSentence(new Document("Wir treffen uns am 3. März. Gut.")))
        .isEqualTo("Wir treffen uns am 3. März.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n ", "---\n***", "\uFEFF"})
  void saysWhenThereIsNothingToSumUp(String text) {
    assertThat(sumUp(text)).isEqualTo("[simulated] The document is empty.");
  }

  private static String sumUp(String text) {
    return Summary.of(new Prompt("", text, text));
  }
}
