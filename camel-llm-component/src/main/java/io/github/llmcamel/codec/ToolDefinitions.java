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

  /** The definitions as values of the JDK, without their extras. */
  public static List<Object> write(List<Tool> tools) {
    return tools.stream().map(ToolDefinitions::write).toList();
  }

  /** The definitions as values of the JDK, with their extras. */
  public static List<Object> writeWithExtras(List<Tool> tools) {
    return tools.stream()
        .map(
            tool ->
                tool instanceof Tool.Function function
                    ? Members.merged(write(function), function.extras())
                    : write(tool))
        .toList();
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
      return function(name, function, json);
    }
    if (!isOfAProvider(json)) {
      throw new IllegalArgumentException(
          owner
              + " holds a tool without function.name. Give OpenAI's form,"
              + " {\"type\":\"function\",\"function\":{\"name\":…}}, or a provider's own.");
    }
    return new Tool.Other(Json.members(json));
  }

  private static Tool.Function function(String name, Map<?, ?> function, Map<?, ?> json) {
    String description = function.get("description") instanceof String text ? text : null;
    Map<String, Object> parameters =
        function.get("parameters") instanceof Map<?, ?> map ? Json.members(map) : null;
    Boolean strict = function.get("strict") instanceof Boolean value ? value : null;
    Tool.Function plain = new Tool.Function(name, description, parameters, strict);
    Map<String, Object> extras = Members.beyond(json, write(plain));
    return new Tool.Function(name, description, parameters, strict, extras);
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
    return tool instanceof Tool.Other other ? other.json() : write((Tool.Function) tool);
  }

  private static Map<String, Object> write(Tool.Function function) {
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
