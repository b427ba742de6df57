/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who says something in a conversation. */
public enum ContentRole {
  /** Instructions to the model. */
  SYSTEM,
  /** The user. */
  USER,
  /** The model, with the tools it asks for. */
  ASSISTANT,
  /** What tools answer. */
  TOOL;

  /**
   * The roles of a list of names.
   *
   * @param option where the names were given, for the message
   * @param names with commas between them, in any case; all roles if it is null or blank
   * @throws IllegalArgumentException if there is no such role
   */
  public static Set<ContentRole> of(String option, @Nullable String names) {
    if (names == null || names.isBlank()) {
      return Set.of(values());
    }
    Set<ContentRole> roles = EnumSet.noneOf(ContentRole.class);
    for (String name : names.split(",", -1)) {
      roles.add(named(option, name.trim()));
    }
    return Set.copyOf(roles);
  }

  private static ContentRole named(String option, String name) {
    return Arrays.stream(values())
        .filter(role -> role.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s has '%s'; use some of system, user, assistant, tool"
                        .formatted(option, name)));
  }

  /** As the conventions write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
