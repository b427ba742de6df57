/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.codec.CallTexts;
import io.github.llmcamel.codec.ReasoningTags;
import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Providers;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureFactsTest {

  private static final Destination OLLAMA =
      new Destination(
          Providers.find("ollama").orElseThrow(), URI.create("http://h:1"), null, Map.of());

  @Test
  void tellsEachAnswerFromEveryOther() {
    assertThat(answer()).isNotEqualTo(answer());
  }

  @Test
  void showsWhereADefectIsWithoutItsMessage() {
    NumberFormatException defect = new NumberFormatException("For input string: \"an answer\"");

    LlmProtocolException failure = FailureFacts.of(OLLAMA).defect(defect);

    assertThat(failure)
        .hasMessage(
            "ollama at h:1 sent what could not be handled (%s).", defect.getClass().getName());
    assertThat(requireNonNull(failure.getCause()))
        .hasMessage(defect.getClass().getName())
        .extracting(Throwable::getStackTrace)
        .isEqualTo(defect.getStackTrace());
  }

  private static String answer() {
    return FailureFacts.of(OLLAMA)
        .with(200, Map.of(), CallTexts.NONE, ReasoningTags.KEPT)
        .replyHead()
        .answer();
  }
}
