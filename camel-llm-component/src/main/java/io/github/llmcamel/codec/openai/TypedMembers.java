/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.Members;
import io.github.llmcamel.codec.ToolDefinitions;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ResponseFormat;
import io.github.llmcamel.model.Tool;
import io.github.llmcamel.model.ToolChoice;
import io.github.llmcamel.model.ToolUse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the extras that OpenAI's format has and a request models, so that every provider gets them
 * in its own form. What is not in OpenAI's form stays an extra and is sent as it is.
 */
final class TypedMembers {

  private static final String TOOLS = "tools";
  private static final String TOOL_CHOICE = "tool_choice";
  private static final String PARALLEL = "parallel_tool_calls";
  private static final String RESPONSE_FORMAT = "response_format";

  private final ChatRequest request;
  private final Map<String, Object> rest;

  private TypedMembers(ChatRequest request) {
    this.request = request;
    this.rest = new LinkedHashMap<>(request.extras());
  }

  /** The same request; what it sets by itself wins over its extras. */
  static ChatRequest read(ChatRequest request) {
    return request.extras().isEmpty() ? request : new TypedMembers(request).read();
  }

  private ChatRequest read() {
    List<Tool> tools = taken(TOOLS, tools(rest.get(TOOLS)));
    ToolChoice choice = taken(TOOL_CHOICE, toolChoice(rest.get(TOOL_CHOICE)));
    Boolean parallel = taken(PARALLEL, rest.get(PARALLEL) instanceof Boolean value ? value : null);
    ResponseFormat format = taken(RESPONSE_FORMAT, responseFormat(rest.get(RESPONSE_FORMAT)));
    ToolUse use = new ToolUse(tools == null ? List.of() : tools, choice, parallel);
    return new ChatRequest(
        request.model(),
        request.messages(),
        request.sampling(),
        request.tools().orElse(use),
        request.responseFormat() != null ? request.responseFormat() : format,
        request.user(),
        rest);
  }

  /** An extra that was read is none any more; neither is one that is null. */
  private <T> @Nullable T taken(String name, @Nullable T read) {
    if (read != null || rest.get(name) == null) {
      rest.remove(name);
    }
    return read;
  }

  private static @Nullable List<Tool> tools(@Nullable Object json) {
    return json instanceof List<?> list && list.stream().allMatch(Map.class::isInstance)
        ? list.stream().map(tool -> ToolDefinitions.read(TOOLS, (Map<?, ?>) tool)).toList()
        : null;
  }

  private static @Nullable ToolChoice toolChoice(@Nullable Object json) {
    if (json instanceof Map<?, ?> map) {
      return map.get("function") instanceof Map<?, ?> function
              && function.get("name") instanceof String name
          ? ToolChoice.named(name)
          : null;
    }
    return switch (String.valueOf(json)) {
      case "auto" -> ToolChoice.AUTO;
      case "none" -> ToolChoice.NONE;
      case "required", "any" -> ToolChoice.REQUIRED;
      default -> null;
    };
  }

  private static @Nullable ResponseFormat responseFormat(@Nullable Object json) {
    Map<?, ?> format = json instanceof Map<?, ?> map ? map : Map.of();
    return switch (String.valueOf(format.get("type"))) {
      case "text" -> new ResponseFormat.Text();
      case "json_object" -> format.size() == 1 ? new ResponseFormat.Json() : null;
      case "json_schema" -> jsonSchema(format);
      default -> null;
    };
  }

  private static @Nullable ResponseFormat jsonSchema(Map<?, ?> format) {
    Map<?, ?> named = format.get("json_schema") instanceof Map<?, ?> map ? map : Map.of();
    Map<String, Object> schema = object(named, "schema");
    String given = text(named, "name");
    String name = given == null ? "answer" : given;
    Boolean strict = bool(named, "strict");
    String description = text(named, "description");
    if (schema == null) {
      return null;
    }
    ResponseFormat.JsonSchema plain =
        new ResponseFormat.JsonSchema(name, schema, strict, description);
    Map<String, Object> extras = Members.beyond(format, AnswerRules.jsonSchema(plain));
    return new ResponseFormat.JsonSchema(name, schema, strict, description, extras);
  }

  private static @Nullable String text(Map<?, ?> json, String name) {
    return json.get(name) instanceof String text ? text : null;
  }

  private static @Nullable Boolean bool(Map<?, ?> json, String name) {
    return json.get(name) instanceof Boolean value ? value : null;
  }

  private static @Nullable Map<String, Object> object(Map<?, ?> json, String name) {
    return json.get(name) instanceof Map<?, ?> map ? Json.members(map) : null;
  }
}
