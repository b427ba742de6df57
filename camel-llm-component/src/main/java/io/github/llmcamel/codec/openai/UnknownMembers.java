/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.codec.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What an object says that this library has no place for. */
final class UnknownMembers {

  private static final Set<String> OF_TOOL_CALL =
      Set.of("index", "id", "type", "function", "custom");
  private static final Set<String> OF_CALLED = Set.of("name", "arguments", "input");

  private UnknownMembers() {}

  /** Its members but for those that are known, and those that are null; mutable. */
  static Map<String, Object> of(JsonNode object, Set<String> known) {
    Map<String, Object> unknown = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (!known.contains(member.getKey()) && !member.getValue().isNull()) {
        unknown.put(member.getKey(), Objects.requireNonNull(Json.toJdk(member.getValue())));
      }
    }
    return unknown;
  }

  /** Those of a tool call, and of what it calls. */
  static Map<String, Object> ofToolCall(JsonNode call) {
    Map<String, Object> unknown = of(call, OF_TOOL_CALL);
    for (String called : new String[] {"function", "custom"}) {
      Map<String, Object> inner = of(call.path(called), OF_CALLED);
      if (!inner.isEmpty()) {
        unknown.put(called, inner);
      }
    }
    return unknown;
  }
}
