/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.otel.setup.Environment;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelemetryPropertiesTest {

  @Test
  void namesTheProfileAndThatNothingIsCaptured() {
    assertThat(read("", "").description()).isEqualTo("profile seed, content off");
    assertThat(read("", "").fallsShort()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "camel.llm-otel.semconv, seed",
    "camel.llm-otel.capture-content, false",
    "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT, NO_CONTENT",
    "OTEL_SEMCONV_STABILITY_OPT_IN, http"
  })
  void isContentWithWhatThereIs(String setting, String value) {
    assertThat(read(setting, value).fallsShort()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "camel.llm-otel.capture-content, true, camel.llm-otel.capture-content",
    "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT, span_only,"
        + " OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"
  })
  void saysWhatWasAskedForAndIsNotThere(String setting, String value, String named) {
    TelemetryProperties said = read(setting, value);

    assertThat(said.fallsShort()).isTrue();
    assertThat(said.description()).contains("(" + named + " asks for what this version has not)");
  }

  @ParameterizedTest
  @CsvSource({
    "camel.llm-otel.semconv, Strict, 'profile strict, content off'",
    "OTEL_SEMCONV_STABILITY_OPT_IN, 'http,gen_ai_latest_experimental',"
        + " 'profile strict by OTEL_SEMCONV_STABILITY_OPT_IN, content off'",
  })
  void namesTheStrictProfileAndWhy(String setting, String value, String description) {
    assertThat(read(setting, value).description()).isEqualTo(description);
  }

  @Test
  void letsTheCamelPropertyDecideOverTheOptIn() {
    assertThat(
            read(Map.of(
                    "camel.llm-otel.semconv", "seed",
                    "OTEL_SEMCONV_STABILITY_OPT_IN", "gen_ai_latest_experimental"))
                .description())
        .isEqualTo("profile seed, content off");
  }

  @ParameterizedTest
  @CsvSource({
    "camel.llm-otel.semconv, loose, use seed or strict",
    "camel.llm-otel.log, syslog, 'use auto, otlp, slf4j, both or none'",
    "camel.llm-otel.route-id-on-metrics, perhaps, use true or false",
    "camel.llm-otel.metric-name-limit, many, use a whole number",
    "camel.llm-otel.metric-name-limit, 0, it must be 1 or more"
  })
  void refusesWhatNobodyKnows(String setting, String value, String cure) {
    assertThatThrownBy(() -> read(setting, value))
        .hasMessageContaining(setting)
        .hasMessageContaining(value)
        .hasMessageContaining(cure);
  }

  private static TelemetryProperties read(String setting, String value) {
    return read(Map.of(setting, value));
  }

  private static TelemetryProperties read(Map<String, String> settings) {
    return TelemetryProperties.of(new Environment(name -> null, settings::get, settings::get));
  }
}
