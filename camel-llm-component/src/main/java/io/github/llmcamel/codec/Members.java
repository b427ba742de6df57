/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON objects in values of the JDK: what one has beyond another, and putting it back. */
public final class Members {

  private Members() {}

  /**
   * The members of {@code sent} that {@code written} lacks or has otherwise, down to the objects in
   * both of them. A member that is null says nothing.
   */
  public static Map<String, Object> beyond(Map<?, ?> sent, Map<?, ?> written) {
    Map<String, Object> more = new LinkedHashMap<>();
    sent.forEach(
        (name, value) -> {
          Object ours = written.get(name);
          if (value instanceof Map<?, ?> object && ours instanceof Map<?, ?> known) {
            Map<String, Object> inner = beyond(object, known);
            if (!inner.isEmpty()) {
              more.put(String.valueOf(name), inner);
            }
          } else if (value != null && !value.equals(ours)) {
            more.put(String.valueOf(name), value);
          }
        });
    return more;
  }

  /** {@code written} with {@code more} over it; an object completes an object that is there. */
  public static Map<String, @Nullable Object> merged(Map<?, ?> written, Map<?, ?> more) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    written.forEach((name, value) -> all.put(String.valueOf(name), value));
    more.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          all.put(name, over(all.get(name), value));
        });
    return all;
  }

  /** {@code more} in the place of {@code written}, which it completes if both are objects. */
  static @Nullable Object over(@Nullable Object written, @Nullable Object more) {
    return written instanceof Map<?, ?> there && more instanceof Map<?, ?> object
        ? merged(there, object)
        : more;
  }
}
