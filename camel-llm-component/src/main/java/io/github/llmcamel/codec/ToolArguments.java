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

/** The arguments of a tool call for protocols that send an object where OpenAI sends text. */
public final class ToolArguments {

  private ToolArguments() {}

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
