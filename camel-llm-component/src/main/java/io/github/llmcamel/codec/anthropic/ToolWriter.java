/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

import io.github.llmcamel.model.Tool;
import io.github.llmcamel.model.ToolChoice;
import io.github.llmcamel.model.ToolUse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes tools and how the model may use them. Values of the JDK. */
final class ToolWriter {

  private ToolWriter() {}

  /** The value of {@code tools}; null if there are none. */
  static @Nullable List<Object> tools(ToolUse use) {
    return use.tools().isEmpty() ? null : use.tools().stream().map(ToolWriter::tool).toList();
  }

  private static Object tool(Tool tool) {
    if (tool instanceof Tool.Other other) {
      return other.json();
    }
    Tool.Function function = (Tool.Function) tool;
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("name", function.name());
    if (function.description() != null) {
      written.put("description", function.description());
    }
    if (function.strict() != null) {
      written.put("strict", function.strict());
    }
    Map<String, Object> parameters = function.parameters();
    written.put("input_schema", parameters != null ? parameters : Map.of("type", "object"));
    return written;
  }

  /** The value of {@code tool_choice}; null leaves it to the provider. */
  static @Nullable Map<String, Object> choice(ToolUse use) {
    boolean oneAtATime = Boolean.FALSE.equals(use.parallel());
    if (use.choice() == null && !oneAtATime) {
      return null;
    }
    ToolChoice choice = use.choice() == null ? ToolChoice.AUTO : use.choice();
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("type", type(choice.mode()));
    if (choice.name() != null) {
      written.put("name", choice.name());
    }
    if (oneAtATime && choice.mode() != ToolChoice.Mode.NONE) {
      written.put("disable_parallel_tool_use", true);
    }
    return written;
  }

  private static String type(ToolChoice.Mode mode) {
    return switch (mode) {
      case AUTO -> "auto";
      case NONE -> "none";
      case REQUIRED -> "any";
      case NAMED -> "tool";
    };
  }
}
