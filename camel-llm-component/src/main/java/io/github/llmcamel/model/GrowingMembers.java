/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Folds the members of a message that come in pieces, as clients of OpenAI do: texts and lists go
 * on, objects are completed, of all else the last value holds. Confined to one call.
 */
final class GrowingMembers {

  /** Texts that are said again rather than continued. */
  private static final Set<String> NAMES = Set.of("id", "type");

  private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

  void add(Map<?, ?> piece) {
    piece.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          members.put(name, NAMES.contains(name) ? value : grown(members.get(name), value));
        });
  }

  /** What has come so far, in JSON values of the JDK. */
  Map<String, Object> build() {
    Map<String, Object> built = new LinkedHashMap<>();
    members.forEach((name, value) -> built.put(name, closed(value)));
    return built;
  }

  @SuppressWarnings("unchecked") // a list in here is one of this class's own making
  private static @Nullable Object grown(@Nullable Object there, @Nullable Object more) {
    if (more instanceof String text) {
      return (there instanceof StringBuilder texts ? texts : new StringBuilder()).append(text);
    }
    if (more instanceof List<?> elements) {
      List<Object> all = there instanceof List ? (List<Object>) there : new ArrayList<>();
      all.addAll(elements);
      return all;
    }
    if (more instanceof Map<?, ?> piece) {
      GrowingMembers object = there instanceof GrowingMembers begun ? begun : new GrowingMembers();
      object.add(piece);
      return object;
    }
    return more;
  }

  private static @Nullable Object closed(@Nullable Object value) {
    if (value instanceof GrowingMembers object) {
      return object.build();
    }
    if (value instanceof List<?> elements) {
      return new ArrayList<>(elements);
    }
    return value instanceof StringBuilder text ? text.toString() : value;
  }
}
