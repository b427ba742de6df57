/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelRequestTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Classify the text as one of: invoice, e-mail, other",
        "Classify the document as one of: invoice, e-mail, other. Reply with the label only.",
        "Classify as one of: invoice, e-mail or other and reply with one word",
        "Labels: invoice, e-mail, other",
        "Answer with one of [invoice, e-mail, other].",
        "Answer with one of the following categories: invoice, e-mail, other",
        "Classify the text as invoice, e-mail, or other.",
        "Classify it as either invoice, e-mail or other, based on its content.",
        "Choose one of \"invoice\", \"e-mail\", \"other\"!",
        "Choose exactly one of `invoice`, `e-mail`, `other`.",
        "Is it one of invoice | e-mail | other?",
        "Categories:\n- invoice\n- e-mail\n- other\n\nReply with the label.",
        "Pick one of these labels:\n\n* invoice - a bill\n* e-mail - a message\n* other: the rest",
        "One of:\n1. invoice\n2. e-mail\n3. other",
        "Choose one of the labels below.\nLabels:\ninvoice\ne-mail\nother\n\nThanks",
        "What kind of document is this (invoice, e-mail or other)?",
        "Sort into: invoice, e-mail,\n other.",
        "You sort mail. Decide for one of (invoice, e-mail, other). Say nothing else.",
      })
  void readsTheLabelsOf(String instruction) {
    assertThat(LabelRequest.labels(instruction)).containsExactly("invoice", "e-mail", "other");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Is the customer angry? Answer yes or no.",
        "Answer with \"yes\" or \"no\" only.",
        "Reply only with yes or no",
        "Reply with yes/no."
      })
  void readsYesOrNo(String instruction) {
    assertThat(LabelRequest.labels(instruction)).containsExactly("yes", "no");
  }

  @Test
  void keepsLabelsOfSeveralWordsAsTheyAreSpelled() {
    assertThat(LabelRequest.labels("Labels: Meeting Minutes, terms and conditions, Not urgent"))
        .containsExactly("Meeting Minutes", "terms and conditions", "Not urgent");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Summarise the text.",
        "Labels: one",
        "Tell me one of your stories.",
        "one of"
      })
  void findsNoneIn(String instruction) {
    assertThat(LabelRequest.labels(instruction)).isEqualTo(List.of());
  }
}
