/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToolCallTest {

  @Test
  void tellsTheIdsWeMakeUpFromThoseOfTheProvider() {
    String id = ToolCall.generatedId("c1", 0, 0);

    assertThat(new ToolCall(id, "f", "{}").isIdGenerated()).isTrue();
    assertThat(new ToolCall("x1", "f", "{}").isIdGenerated()).isFalse();
    assertThat(id)
        .isEqualTo(ToolCall.generatedId("c1", 0, 0))
        .isNotEqualTo(ToolCall.generatedId("c2", 0, 0))
        .isNotEqualTo(ToolCall.generatedId("c1", 1, 0))
        .isNotEqualTo(ToolCall.generatedId("c1", 0, 1))
        .matches("[a-z0-9_]{1,40}");
  }
}
