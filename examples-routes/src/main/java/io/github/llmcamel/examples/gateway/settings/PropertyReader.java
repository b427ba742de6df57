/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.settings;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes properties one by one, so that those nobody knows are left over. Mutable, and confined to
 * one reading.
 */
final class PropertyReader {

  private final Map<String, String> left = new TreeMap<>();

  /**
   * @param prefix how the names begin of those that are read
   */
  PropertyReader(Properties properties, String prefix) {
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith(prefix)) {
        left.put(name, properties.getProperty(name).strip());
      }
    }
  }

  /** The names of those that begin so and were not taken yet, in alphabetical order. */
  List<String> names(String prefix) {
    return left.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  /**
   * Takes a property.
   *
   * @param parser throws IllegalArgumentException with the problem and the cure
   * @return what it was read as; null if it is not there
   * @throws IllegalArgumentException if the parser throws one; names the property too
   */
  <T> @Nullable T take(String name, Function<String, T> parser) {
    String value = left.remove(name);
    if (value == null) {
      return null;
    }
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  /**
   * @throws IllegalArgumentException if a property was not taken; names it
   */
  void checkNothingIsLeft() {
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          left.keySet().iterator().next()
              + ": There is no such property. Correct its name, or remove it.");
    }
  }
}
