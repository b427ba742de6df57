/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The redactors that come with this module, by name. */
public final class BuiltInRedactors {

  private BuiltInRedactors() {}

  /**
   * The redactors of a list of names.
   *
   * @param option where the names were given, for the message
   * @param names {@code keys}, {@code emails} or both with a comma between them, in any case; none
   *     if it is null or blank
   * @throws IllegalArgumentException if there is no such redactor
   */
  public static List<ContentRedactor> of(String option, @Nullable String names) {
    if (names == null || names.isBlank()) {
      return List.of();
    }
    List<ContentRedactor> redactors = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      redactors.add(
          switch (name.trim().toLowerCase(Locale.ROOT)) {
            case "keys" -> new KeyRedactor();
            case "emails" -> new EmailRedactor();
            default ->
                throw new IllegalArgumentException(
                    "%s has '%s'; use some of keys, emails".formatted(option, name.trim()));
          });
    }
    return redactors;
  }
}
