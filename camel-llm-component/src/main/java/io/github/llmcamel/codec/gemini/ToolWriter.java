/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

import io.github.llmcamel.model.Tool;
import io.github.llmcamel.model.ToolChoice;
import io.github.llmcamel.model.ToolUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes tools and how the model may use them. */
final class ToolWriter {

  private ToolWriter() {}

  /** The value of {@code tools}: all functions in one entry; null if there are no tools. */
  static @Nullable List<Object> tools(ToolUse use) {
    List<Object> functions = new ArrayList<>();
    List<Object> written = new ArrayList<>();
    for (Tool tool : use.tools()) {
      if (tool instanceof Tool.Function function) {
        functions.add(declaration(function));
      } else {
        written.add(((Tool.Other) tool).json());
      }
    }
    if (!functions.isEmpty()) {
      written.add(0, Map.of("functionDeclarations", functions));
    }
    return written.isEmpty() ? null : written;
  }

  /** The value of {@code toolConfig}; null leaves it to the provider. */
  static @Nullable Map<String, Object> config(ToolUse use) {
    ToolChoice choice = use.choice();
    boolean strict = use.tools().stream().anyMatch(ToolWriter::isStrict);
    if (choice == null && !strict) {
      return null;
    }
    ToolChoice made = choice == null ? ToolChoice.AUTO : choice;
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("mode", mode(made.mode(), strict));
    if (made.name() != null) {
      config.put("allowedFunctionNames", List.of(made.name()));
    }
    return Map.of("functionCallingConfig", config);
  }

  private static Map<String, Object> declaration(Tool.Function function) {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("name", function.name());
    if (function.description() != null) {
      written.put("description", function.description());
    }
    if (function.parameters() != null) {
      // Not parameters: that takes a part of JSON Schema only.
      written.put("parametersJsonSchema", function.parameters());
    }
    return written;
  }

  private static boolean isStrict(Tool tool) {
    return tool instanceof Tool.Function function && Boolean.TRUE.equals(function.strict());
  }

  /** A model that has to call always keeps to the schema. */
  private static String mode(ToolChoice.Mode mode, boolean strict) {
    return switch (mode) {
      case AUTO -> strict ? "VALIDATED" : "AUTO";
      case NONE -> "NONE";
      case REQUIRED, NAMED -> "ANY";
    };
  }
}
