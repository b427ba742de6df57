/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a back end wants beyond plain OTLP, for settings that do not say otherwise.
 *
 * @param name what people call it
 * @param path where OTLP goes, at an endpoint that has no path
 * @param protocol the one that it speaks
 * @param temporality of metrics
 * @param tokenVariable the environment variable that holds its token
 * @param tokenScheme the word before the token in the header {@code Authorization}
 */
record Preset(
    String name,
    String path,
    String protocol,
    String temporality,
    String tokenVariable,
    String tokenScheme) {

  static final String PROPERTY = "camel.llm-otel.preset";

  static final Preset DYNATRACE =
      new Preset(
          "dynatrace", "/api/v2/otlp", OtlpTarget.HTTP, "delta", "DT_OTLP_TOKEN", "Api-Token");

  private static final List<Preset> ALL = List.of(DYNATRACE);

  /**
   * The one that Camel's properties name; null if they name none.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static @Nullable Preset of(Environment environment) {
    String name = environment.camel(PROPERTY);
    if (name == null) {
      return null;
    }
    return ALL.stream()
        .filter(preset -> preset.name.equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s is '%s'; use %s".formatted(PROPERTY, name, names())));
  }

  private static String names() {
    return ALL.stream().map(Preset::name).collect(Collectors.joining(" or "));
  }
}
