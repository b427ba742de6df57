/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.model.Tool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tools as OpenAI defines them, and Ollama after it. */
public final class ToolDefinitions {

  private ToolDefinitions() {}

  /** The definitions as values of the JDK. */
  public static List<Object> write(List<Tool> tools) {
    return tools.stream().map(ToolDefinitions::write).toList();
  }

  /**
   * The tool that values of the JDK define; one of a provider's own stays as it is.
   *
   * @param owner begins the sentence that says what is wrong with it
   * @throws IllegalArgumentException if it is a function without a name, or says nothing of itself
   */
  public static Tool read(String owner, Map<?, ?> json) {
    Map<?, ?> function = json.get("function") instanceof Map<?, ?> map ? map : Map.of();
    if (function.get("name") instanceof String name) {
      return new Tool.Function(
          name,
          function.get("description") instanceof String text ? text : null,
          function.get("parameters") instanceof Map<?, ?> map ? Json.members(map) : null,
          function.get("strict") instanceof Boolean value ? value : null);
    }
    if (!isOfAProvider(json)) {
      throw new IllegalArgumentException(
          owner
              + " holds a tool without function.name. Give OpenAI's form,"
              + " {\"type\":\"function\",\"function\":{\"name\":…}}, or a provider's own.");
    }
    return new Tool.Other(Json.members(json));
  }

  /** Anthropic's have a type or an input_schema; Gemini's are one member, such as googleSearch. */
  private static boolean isOfAProvider(Map<?, ?> json) {
    Object type = json.get("type");
    if (type != null) {
      return !type.equals("function");
    }
    return json.containsKey("input_schema")
        || (!json.isEmpty() && !json.containsKey("function") && !json.containsKey("name"));
  }

  private static Object write(Tool tool) {
    if (tool instanceof Tool.Other other) {
      return other.json();
    }
    Tool.Function function = (Tool.Function) tool;
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", function.name());
    put(members, "description", function.description());
    put(members, "parameters", function.parameters());
    put(members, "strict", function.strict());
    return Typed.object("function", "function", members);
  }

  private static void put(Map<String, Object> members, String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value);
    }
  }
}
