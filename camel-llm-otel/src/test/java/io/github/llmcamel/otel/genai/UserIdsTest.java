/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserIdsTest {

  @Test
  void areTheBeginningOfTheirSha256() {
    assertThat(UserIds.hash("alice")).isEqualTo("2bd806c9");
    assertThat(UserIds.hash("")).isEqualTo("e3b0c442");
  }
}
