/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

import java.util.LinkedHashMap;
import java.util.Map;

/** The objects of the protocol: each says of what type it is. */
final class Blocks {

  private Blocks() {}

  /** Mutable, so that members can be added after the first. */
  static Map<String, Object> block(String type, String member, Object value) {
    Map<String, Object> block = new LinkedHashMap<>();
    block.put("type", type);
    block.put(member, value);
    return block;
  }
}
