/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserIdsTest {

  @Test
  void areTheBeginningOfTheirSha256WithoutAKey() {
    assertThat(new UserIds(null).hide("alice")).isEqualTo("2bd806c9");
    assertThat(new UserIds(" ").hide("")).isEqualTo("e3b0c442");
  }

  /** Test case 2 of RFC 4231. */
  @Test
  void areTheBeginningOfTheirHmacSha256WithAKey() {
    assertThat(new UserIds("Jefe").hide("what do ya want for nothing?"))
        .isEqualTo("5bdcc146bf60754e");
  }
}
