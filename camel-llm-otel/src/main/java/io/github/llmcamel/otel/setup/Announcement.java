/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What telemetry holds, for the line at start-up: which profile of the conventions and how much of
 * what is said.
 *
 * @param text such as {@code profile seed, content off}
 * @param fallsShort whether something was asked for that there is not, which the text names
 */
public record Announcement(String text, boolean fallsShort) {

  static final String SEMCONV = "camel.llm-otel.semconv";
  static final String CAPTURE_CONTENT = "camel.llm-otel.capture-content";

  private static final String STABILITY_OPT_IN = "otel.semconv-stability.opt-in";
  private static final String CAPTURE_MESSAGE_CONTENT =
      "otel.instrumentation.genai.capture-message-content";
  private static final Set<String> NO_CONTENT = Set.of("false", "no_content", "none");

  /**
   * What is asked for, and what there is.
   *
   * @throws IllegalArgumentException if a setting has a value that it cannot have
   */
  public static Announcement of(Environment environment) {
    String strict = asksForStrict(environment);
    String content = asksForContent(environment);
    return new Announcement(
        "profile seed%s, content off%s".formatted(notYet(strict), notYet(content)),
        strict != null || content != null);
  }

  private static @Nullable String asksForStrict(Environment environment) {
    String profile = environment.camel(SEMCONV);
    if (profile != null) {
      return switch (profile.toLowerCase(Locale.ROOT)) {
        case "seed" -> null;
        case "strict" -> SEMCONV + "=strict";
        default ->
            throw new IllegalArgumentException("%s is '%s'; use seed".formatted(SEMCONV, profile));
      };
    }
    String optIn = environment.otel(STABILITY_OPT_IN);
    return optIn != null && optIn.contains("gen_ai_latest_experimental")
        ? "OTEL_SEMCONV_STABILITY_OPT_IN"
        : null;
  }

  private static @Nullable String asksForContent(Environment environment) {
    if (isContent(environment.camel(CAPTURE_CONTENT))) {
      return CAPTURE_CONTENT;
    }
    return isContent(environment.otel(CAPTURE_MESSAGE_CONTENT))
        ? "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"
        : null;
  }

  private static boolean isContent(@Nullable String mode) {
    return mode != null && !NO_CONTENT.contains(mode.toLowerCase(Locale.ROOT));
  }

  private static String notYet(@Nullable String setting) {
    return setting == null ? "" : " (%s asks for what this version has not)".formatted(setting);
  }
}
