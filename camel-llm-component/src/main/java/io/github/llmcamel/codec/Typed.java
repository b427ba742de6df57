/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import java.util.LinkedHashMap;
import java.util.Map;

/** JSON objects that say in their first member of what type they are. */
public final class Typed {

  private Typed() {}

  /** An object with one member besides its type. Mutable, so that more can be added. */
  public static Map<String, Object> object(String type, String member, Object value) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", type);
    object.put(member, value);
    return object;
  }
}
