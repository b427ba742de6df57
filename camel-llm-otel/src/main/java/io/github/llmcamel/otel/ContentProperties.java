/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import io.github.llmcamel.otel.genai.content.BuiltInRedactors;
import io.github.llmcamel.otel.genai.content.ContentMode;
import io.github.llmcamel.otel.genai.content.ContentRedactor;
import io.github.llmcamel.otel.genai.content.ContentRole;
import io.github.llmcamel.otel.genai.content.ContentSettings;
import io.github.llmcamel.otel.setup.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an application's properties say about contents. */
final class ContentProperties {

  static final String CAPTURE_CONTENT = "camel.llm-otel.capture-content";
  static final String CAPTURE_ROLES = "camel.llm-otel.capture-roles";
  static final String CAPTURE_TOOL_DEFINITIONS = "camel.llm-otel.capture-tool-definitions";
  static final String CONTENT_BUDGET = "camel.llm-otel.content-budget";
  static final String REDACT = "camel.llm-otel.redact";

  private static final String CAPTURE_MESSAGE_CONTENT =
      "otel.instrumentation.genai.capture-message-content";
  private static final List<String> LENGTH_LIMITS =
      List.of("otel.span.attribute.value.length.limit", "otel.attribute.value.length.limit");

  private ContentProperties() {}

  /**
   * Reads them.
   *
   * @param extensions what the application adds; asked before the redactors that are built in
   * @throws IllegalArgumentException if one has a value that it cannot have; names the property
   */
  static ContentSettings of(Environment environment, ContentExtensions extensions) {
    List<ContentRedactor> redactors = new ArrayList<>(extensions.redactors());
    redactors.addAll(BuiltInRedactors.of(REDACT, environment.camel(REDACT)));
    return new ContentSettings(
        mode(environment),
        ContentRole.of(CAPTURE_ROLES, environment.camel(CAPTURE_ROLES)),
        TelemetryProperties.isOn(environment, CAPTURE_TOOL_DEFINITIONS, false)
            ? ContentSettings.Tools.WHOLE
            : ContentSettings.Tools.NAMES,
        budget(environment),
        redactors,
        extensions.hooks());
  }

  /** Such as {@code content off} or {@code content span_only, 2 redactors}. */
  static String describe(ContentSettings settings) {
    ContentMode mode = settings.mode();
    return "content %s%s%s"
        .formatted(
            mode == ContentMode.NO_CONTENT ? "off" : mode,
            count(settings.redactors().size(), "redactor"),
            count(settings.hooks().size(), "hook"));
  }

  private static String count(int number, String of) {
    return number == 0 ? "" : ", %d %s%s".formatted(number, of, number == 1 ? "" : "s");
  }

  private static ContentMode mode(Environment environment) {
    String ofCamel = environment.camel(CAPTURE_CONTENT);
    return ofCamel != null
        ? ContentMode.of(CAPTURE_CONTENT, ofCamel)
        : ContentMode.of(CAPTURE_MESSAGE_CONTENT, environment.otel(CAPTURE_MESSAGE_CONTENT));
  }

  /** Never above the limit of the SDK, as far as it is known: that cuts JSON in the middle. */
  private static int budget(Environment environment) {
    String set = environment.camel(CONTENT_BUDGET);
    int budget =
        set == null
            ? ContentSettings.DEFAULT_BUDGET
            : TelemetryProperties.number(CONTENT_BUDGET, set);
    if (budget < 1) {
      throw new IllegalArgumentException(
          "%s is %d; it must be 1 or more".formatted(CONTENT_BUDGET, budget));
    }
    return LENGTH_LIMITS.stream()
        .map(limit -> toNumber(environment.otel(limit)))
        .filter(Objects::nonNull)
        .reduce(budget, Math::min);
  }

  /** Null if it is none that limits anything: a wrong one is the SDK's to refuse. */
  private static @Nullable Integer toNumber(@Nullable String limit) {
    try {
      int number = limit == null ? 0 : Integer.parseInt(limit);
      return number > 0 ? number : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
