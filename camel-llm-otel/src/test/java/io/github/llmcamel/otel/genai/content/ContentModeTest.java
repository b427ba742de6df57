/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.testkit.CapturedLog;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentModeTest {

  @ParameterizedTest
  @CsvSource({
    "NO_CONTENT, NO_CONTENT",
    "none, NO_CONTENT",
    "false, NO_CONTENT",
    "SPAN_ONLY, SPAN_ONLY",
    "span_only, SPAN_ONLY",
    "Event_Only, EVENT_ONLY",
    "span_and_event, SPAN_AND_EVENT",
    "' SPAN_AND_EVENT ', SPAN_AND_EVENT",
    "true, SPAN_AND_EVENT",
    "TRUE, SPAN_AND_EVENT"
  })
  @DisplayName("47. Modes are read by every name, in any case")
  void readsEveryNameThatOthersReadInAnyCase(String name, ContentMode mode) {
    assertThat(ContentMode.of("option", name)).isEqualTo(mode);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void recordsNothingByDefault(String name) {
    assertThat(ContentMode.of("option", name)).isEqualTo(ContentMode.NO_CONTENT);
  }

  @Test
  @DisplayName("47. A mode that there is not records nothing, and is one warning")
  void warnsOnceOfANameItDoesNotKnowAndRecordsNothing() {
    try (CapturedLog log = new CapturedLog()) {
      assertThat(ContentMode.of("camel.llm-otel.capture-content", "nonsense"))
          .isEqualTo(ContentMode.NO_CONTENT);
      assertThat(log.linesWith("camel.llm-otel.capture-content is 'nonsense'")).hasSize(1);
    }
  }

  @Test
  void saysWhereContentsGo() {
    assertThat(ContentMode.SPAN_ONLY.isOnSpans()).isTrue();
    assertThat(ContentMode.SPAN_ONLY.isOnEvents()).isFalse();
    assertThat(ContentMode.EVENT_ONLY.isOnSpans()).isFalse();
    assertThat(ContentMode.EVENT_ONLY.isOnEvents()).isTrue();
    assertThat(ContentMode.NO_CONTENT.isOnSpans()).isFalse();
    assertThat(ContentMode.NO_CONTENT.isOnEvents()).isFalse();
  }

  @Test
  void readsRoles() {
    assertThat(ContentRole.of("roles", null)).containsExactlyInAnyOrder(ContentRole.values());
    assertThat(ContentRole.of("roles", "user, Tool"))
        .isEqualTo(Set.of(ContentRole.USER, ContentRole.TOOL));
    assertThatThrownBy(() -> ContentRole.of("roles", "user,bot"))
        .hasMessage("roles has 'bot'; use some of system, user, assistant, tool");
  }
}
