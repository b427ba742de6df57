/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnouncementTest {

  @Test
  void namesTheProfileAndThatNothingIsCaptured() {
    assertThat(announce("", "")).isEqualTo(new Announcement("profile seed, content off", false));
  }

  @ParameterizedTest
  @CsvSource({
    "camel.llm-otel.semconv, seed",
    "camel.llm-otel.capture-content, false",
    "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT, NO_CONTENT",
    "OTEL_SEMCONV_STABILITY_OPT_IN, http"
  })
  void isContentWithWhatThereIs(String setting, String value) {
    assertThat(announce(setting, value).fallsShort()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "camel.llm-otel.semconv, strict, camel.llm-otel.semconv=strict",
    "OTEL_SEMCONV_STABILITY_OPT_IN, 'http,gen_ai_latest_experimental',"
        + " OTEL_SEMCONV_STABILITY_OPT_IN",
    "camel.llm-otel.capture-content, true, camel.llm-otel.capture-content",
    "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT, span_only,"
        + " OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"
  })
  void saysWhatWasAskedForAndIsNotThere(String setting, String value, String named) {
    Announcement announcement = announce(setting, value);

    assertThat(announcement.fallsShort()).isTrue();
    assertThat(announcement.text()).contains("(" + named + " asks for what this version has not)");
  }

  @Test
  void refusesAProfileThatNobodyKnows() {
    assertThatThrownBy(() -> announce("camel.llm-otel.semconv", "loose"))
        .hasMessage("camel.llm-otel.semconv is 'loose'; use seed");
  }

  private static Announcement announce(String setting, String value) {
    Map<String, String> settings = Map.of(setting, value);
    return Announcement.of(new Environment(name -> null, settings::get, settings::get));
  }
}
