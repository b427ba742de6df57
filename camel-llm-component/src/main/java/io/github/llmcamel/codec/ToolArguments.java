/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.model.ToolCall;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of a tool call, which are text as the model wrote it. */
public final class ToolArguments {

  private ToolArguments() {}

  /**
   * Whether the arguments are one whole JSON object, so that the tool can be run. If not, they were
   * cut off (the choice has the finish reason {@code length}, or none), or the model wrote
   * something else. Those of a custom tool are free text, and always valid.
   */
  public static boolean areValid(ToolCall call) {
    return call.kind() == ToolCall.Kind.CUSTOM || asObject(call) != null;
  }

  /** The object, for JSON; an empty one where there is no text, null where the text is none. */
  public static @Nullable Object asObject(ToolCall call) {
    if (call.arguments().isBlank()) {
      return Map.of();
    }
    try {
      JsonNode arguments = Json.read(call.arguments());
      return arguments.isObject() ? arguments : null;
    } catch (JsonProcessingException cutOff) {
      return null;
    }
  }
}
