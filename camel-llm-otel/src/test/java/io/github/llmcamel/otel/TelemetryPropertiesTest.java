/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.otel.genai.content.ContentRedactor;
import io.github.llmcamel.otel.genai.content.ContentRole;
import io.github.llmcamel.otel.genai.content.ContentSettings;
import io.github.llmcamel.otel.setup.Environment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelemetryPropertiesTest {

  @Test
  void namesTheProfileAndThatNothingIsCaptured() {
    assertThat(read("", "").description()).isEqualTo("profile seed, content off");
  }

  @ParameterizedTest
  @CsvSource({
    "camel.llm-otel.capture-content, true, content span_and_event",
    "camel.llm-otel.capture-content, Event_Only, content event_only",
    "camel.llm-otel.capture-content, false, content off",
    "camel.llm-otel.capture-content, nonsense, content off",
    "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT, span_only, content span_only",
    "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT, NO_CONTENT, content off",
    "camel.llm-otel.redact, 'keys,emails', 'content off, 2 redactors'"
  })
  void namesWhatIsCaptured(String setting, String value, String content) {
    assertThat(read(setting, value).description()).isEqualTo("profile seed, " + content);
  }

  @Test
  void letsTheCamelPropertyDecideOverTheVariable() {
    assertThat(
            read(Map.of(
                    "camel.llm-otel.capture-content", "no_content",
                    "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "true"))
                .description())
        .isEqualTo("profile seed, content off");
  }

  @Test
  void readsHowMuchOfContentsIsWanted() {
    ContentSettings settings =
        content(
            Map.of(
                "camel.llm-otel.capture-roles", "user,assistant",
                "camel.llm-otel.capture-tool-definitions", "true",
                "camel.llm-otel.content-budget", "1000"));

    assertThat(settings.roles()).containsExactlyInAnyOrder(ContentRole.USER, ContentRole.ASSISTANT);
    assertThat(settings.toolDefinitions()).isEqualTo(ContentSettings.Tools.WHOLE);
    assertThat(settings.budget()).isEqualTo(1_000);
    assertThat(content(Map.of())).isEqualTo(ContentSettings.OFF);
  }

  @ParameterizedTest
  @CsvSource({
    "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT, 500, 500",
    "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT, 600, 600",
    "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT, 600000, 1000",
    "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT, many, 1000"
  })
  void keepsContentsBelowTheLimitOfTheSdk(String limit, String value, int budget) {
    assertThat(content(Map.of("camel.llm-otel.content-budget", "1000", limit, value)).budget())
        .isEqualTo(budget);
  }

  @Test
  void asksRedactorsOfTheApplicationFirst() {
    ContentRedactor own = (kind, text) -> text;

    ContentSettings settings =
        ContentProperties.of(
            environment(Map.of("camel.llm-otel.redact", "keys")),
            new ContentExtensions(List.of(own), List.of((content, span) -> content)));

    assertThat(settings.redactors()).hasSize(2).first().isSameAs(own);
    assertThat(ContentProperties.describe(settings)).isEqualTo("content off, 2 redactors, 1 hook");
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
    "camel.llm-otel.metric-name-limit, 0, it must be 1 or more",
    "camel.llm-otel.capture-roles, bot, 'use some of system, user, assistant, tool'",
    "camel.llm-otel.capture-tool-definitions, perhaps, use true or false",
    "camel.llm-otel.content-budget, 0, it must be 1 or more",
    "camel.llm-otel.redact, phones, 'use some of keys, emails'",
    "camel.llm-otel.fingerprint, perhaps, use true or false"
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
    return TelemetryProperties.of(environment(settings), ContentExtensions.NONE);
  }

  private static ContentSettings content(Map<String, String> settings) {
    return ContentProperties.of(environment(settings), ContentExtensions.NONE);
  }

  private static Environment environment(Map<String, String> settings) {
    return new Environment(name -> null, settings::get, settings::get);
  }
}
