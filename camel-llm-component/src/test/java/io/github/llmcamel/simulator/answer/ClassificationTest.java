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

class ClassificationTest {

  private static final List<String> KINDS =
      List.of(
          "Invoice",
          "E-Mail",
          "Meeting minutes",
          "Contract",
          "Log file",
          "Report",
          "Complaint letter",
          "Other");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Invoice        | Invoice 12\\nBill to: X\\nTotal due: EUR 5
          E-Mail         | From: a@b.c\\nTo: d@e.f\\nSubject: our invoice\\n\\nDear X, the invoice is attached.
          Meeting minutes| Weekly meeting\\nAttendees: A, B\\nAgenda\\n1. Budget
          Contract       | This Agreement is made between the parties. The supplier shall deliver.
          Log file       | 2026-01-01 10:00:00 ERROR disk full\\n2026-01-01 10:00:01 INFO retry
          Report         | Annual report\\nExecutive summary\\nFindings and conclusions of the quarter
          Complaint letter | I am disappointed. The chair came damaged and I want a refund.
          Other          | Lorem ipsum dolor sit amet
          """)
  void tellsBusinessDocumentsApart(String label, String text) {
    assertThat(choose(KINDS, text.replace("\\n", "\n"))).isEqualTo(label);
  }

  @ParameterizedTest
  @CsvSource({
    "positive, 'Great product, thank you!'",
    "negative, The device is broken and support was terrible.",
    "neutral, The device is blue."
  })
  void tellsMoods(String label, String text) {
    assertThat(choose(List.of("positive", "negative", "neutral"), text)).isEqualTo(label);
  }

  @Test
  void tellsUrgency() {
    assertThat(choose(List.of("normal", "urgent"), "Outage! Please help immediately."))
        .isEqualTo("urgent");
    assertThat(choose(List.of("urgent", "normal"), "See you in spring.")).isEqualTo("normal");
    assertThat(choose(List.of("urgent", "not urgent"), "It is not urgent.")).isEqualTo("urgent");
  }

  @Test
  void knowsNoCueButTheLabelItself() {
    assertThat(choose(List.of("cats", "dogs", "other"), "A text on dogs and other animals."))
        .isEqualTo("dogs");
  }

  @Test
  void fallsBackToTheFirstLabelWhenNoneSaysOther() {
    assertThat(choose(List.of("cats", "dogs"), "Nothing.")).isEqualTo("cats");
    assertThat(choose(List.of("cats", "Unknown"), "")).isEqualTo("Unknown");
  }

  @Test
  void takesTheFirstOfEquals() {
    assertThat(choose(List.of("dogs", "cats"), "cats and dogs")).isEqualTo("dogs");
  }

  @Test
  void classifiesOtherScripts() {
    assertThat(choose(List.of("請求書", "契約"), "契約 第一条")).isEqualTo("契約");
    assertThat(choose(List.of("…", "?"), "…")).isEqualTo("…");
  }

  private static String choose(List<String> labels, String text) {
    return Classification.choose(labels, new Document(text));
  }
}
