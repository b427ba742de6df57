/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Reads the flat {@code extra.<name>} options as members of a JSON object. */
public final class ExtraMembers {

  private ExtraMembers() {}

  /**
   * A fresh map of JSON values.
   *
   * @param options by name; dots in a name nest, and a text that reads as a JSON number, boolean,
   *     object or array becomes one
   * @throws IllegalArgumentException if a name is both a value and a parent of others, or is empty
   */
  public static Map<String, Object> read(Map<String, Object> options) {
    Map<String, Object> root = new LinkedHashMap<>();
    options.forEach((name, value) -> put(root, name, value));
    return root;
  }

  private static void put(Map<String, Object> root, String name, Object value) {
    Map<String, Object> parent = root;
    String[] path = name.split("\\.", -1);
    for (int i = 0; i < path.length - 1; i++) {
      parent = child(parent, path[i], name);
    }
    String last = path[path.length - 1];
    if (last.isEmpty() || parent.get(last) instanceof Map) {
      throw contradiction(name);
    }
    parent.put(last, value instanceof String text ? jsonOrText(text) : copy(value));
  }

  private static Object jsonOrText(String text) {
    try {
      JsonNode json = Json.read(text);
      return json.isNumber() || json.isBoolean() || json.isContainerNode() ? copy(json) : text;
    } catch (JsonProcessingException e) {
      return text;
    }
  }

  /** A value of our own, since what is nested into it must not show up at its owner's. */
  private static Object copy(Object value) {
    return Objects.requireNonNull(Json.toJdk(Json.toTree(value)));
  }

  @SuppressWarnings("unchecked") // only maps of this class's own making are descended into
  private static Map<String, Object> child(Map<String, Object> parent, String key, String name) {
    Object child = parent.computeIfAbsent(key, unused -> new LinkedHashMap<String, Object>());
    if (!(child instanceof LinkedHashMap) || key.isEmpty()) {
      throw contradiction(name);
    }
    return (Map<String, Object>) child;
  }

  private static IllegalArgumentException contradiction(String name) {
    return new IllegalArgumentException(
        "extra.%s cannot be sent: its name is incomplete, or it is a value and an object at once."
            .formatted(name));
  }
}
