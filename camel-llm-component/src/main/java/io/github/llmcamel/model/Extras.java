/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Members that this library has no name for: how records keep them. */
final class Extras {

  private Extras() {}

  /** An unmodifiable copy. Not {@code Map.copyOf}: a JSON null is a value somebody may send. */
  static Map<String, Object> copyOf(Map<String, Object> extras) {
    return extras.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(extras));
  }
}
