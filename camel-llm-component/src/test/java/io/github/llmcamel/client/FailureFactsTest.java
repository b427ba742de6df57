/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Providers;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureFactsTest {

  @Test
  void tellsEachAnswerFromEveryOther() {
    Destination destination =
        new Destination(
            Providers.find("ollama").orElseThrow(), URI.create("http://h:1"), null, Map.of());

    assertThat(answer(destination)).isNotEqualTo(answer(destination));
  }

  private static String answer(Destination destination) {
    return FailureFacts.of(destination).with(200, Map.of(), Reading.DEFAULT).replyHead().answer();
  }
}
