/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where the log record of each call goes. */
public enum CallLogTarget {
  /** To OpenTelemetry if it has somewhere to send log records, else to SLF4J. */
  AUTO,
  /** To OpenTelemetry. */
  OTLP,
  /** To the application's own log, with the attributes as key-value pairs. */
  SLF4J,
  /** To OpenTelemetry and to the application's own log. */
  BOTH,
  /** Nowhere. */
  NONE;

  /**
   * The target of that name.
   *
   * @param option where the name was given, for the message
   * @param name in any case; {@link #AUTO} if it is null or blank
   * @throws IllegalArgumentException if there is none
   */
  public static CallLogTarget of(String option, @Nullable String name) {
    if (name == null || name.isBlank()) {
      return AUTO;
    }
    return Arrays.stream(values())
        .filter(target -> target.name().equalsIgnoreCase(name.trim()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s is '%s'; use auto, otlp, slf4j, both or none".formatted(option, name)));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
