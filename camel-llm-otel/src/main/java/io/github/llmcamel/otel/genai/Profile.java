/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.opentelemetry.api.common.AttributeKey;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which names telemetry uses: the one switch over the tables of names. */
public enum Profile {
  /** The conventions, and besides them what llm-otel-kit emits and what Camel knows of a call. */
  SEED,
  /** The conventions and nothing else. */
  STRICT;

  /**
   * The profile of that name.
   *
   * @param option where the name was given, for the message
   * @param name in any case; {@link #SEED} if it is null or blank
   * @throws IllegalArgumentException if there is none
   */
  public static Profile of(String option, @Nullable String name) {
    if (name == null || name.isBlank()) {
      return SEED;
    }
    return Arrays.stream(values())
        .filter(profile -> profile.name().equalsIgnoreCase(name.trim()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s is '%s'; use seed or strict".formatted(option, name)));
  }

  /** Whether {@code declared} may have an attribute of that key. */
  boolean has(Declared declared, AttributeKey<?> key) {
    return this == SEED || declared.keys().contains(key);
  }

  /** Whether there is such an instrument. */
  public boolean has(GenAiInstruments.Instrument instrument) {
    return this == SEED || instrument.isOfConventions();
  }

  /** Whether points of metrics may have an attribute of that key. */
  public boolean hasOnPoints(AttributeKey<?> key) {
    return this == SEED || !GenAiAttributes.OWN_OF_POINTS.contains(key);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
