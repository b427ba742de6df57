/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

import io.github.llmcamel.codec.RequestBody;
import io.github.llmcamel.codec.UnwritableRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.provider.Destination;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the extras. Those that a request in OpenAI's format brings are translated; all others, and
 * what is in Anthropic's form already, is sent as it is.
 */
final class ExtraWriter {

  private static final Map<String, Object> AUTO = Map.of("type", "auto");
  private static final Map<String, Object> NONE = Map.of("type", "none");

  private final RequestBody body;
  private final Destination destination;

  ExtraWriter(RequestBody body, Destination destination) {
    this.body = body;
    this.destination = destination;
  }

  void write(Map<String, Object> extras) throws LlmException {
    for (Map.Entry<String, Object> extra : extras.entrySet()) {
      switch (extra.getKey()) {
        case "tools" -> tools(extra.getValue());
        case "tool_choice", "parallel_tool_calls" -> {} // one object, written below
        case "response_format" -> responseFormat(extra.getValue());
        default -> body.extra(extra.getKey(), extra.getValue());
      }
    }
    toolChoice(extras.get("tool_choice"), extras.get("parallel_tool_calls"));
  }

  private void tools(@Nullable Object tools) {
    if (tools != null) {
      body.extra(
          "tools",
          tools instanceof List<?> list ? list.stream().map(ExtraWriter::tool).toList() : tools);
    }
  }

  private static Object tool(Object tool) {
    if (!(tool instanceof Map<?, ?> map && map.get("function") instanceof Map<?, ?> function)) {
      return tool;
    }
    Map<String, Object> written = new LinkedHashMap<>();
    for (String member : List.of("name", "description", "strict")) {
      Object value = function.get(member);
      if (value != null) {
        written.put(member, value);
      }
    }
    Object parameters = function.get("parameters");
    written.put("input_schema", parameters != null ? parameters : Map.of("type", "object"));
    return written;
  }

  private void toolChoice(@Nullable Object choice, @Nullable Object parallel) {
    boolean oneAtATime = Boolean.FALSE.equals(parallel);
    Object translated = choice == null && oneAtATime ? AUTO : toolChoice(choice);
    if (translated != null) {
      body.extra("tool_choice", translated);
    }
    if (oneAtATime && !NONE.equals(translated)) {
      body.extra("tool_choice", Map.of("disable_parallel_tool_use", true));
    }
  }

  private static @Nullable Object toolChoice(@Nullable Object choice) {
    if (choice instanceof String word) {
      return Map.of("type", word.equals("required") ? "any" : word);
    }
    return choice instanceof Map<?, ?> map
            && map.get("function") instanceof Map<?, ?> function
            && function.get("name") instanceof String name
        ? Blocks.block("tool", "name", name)
        : choice;
  }

  private void responseFormat(@Nullable Object format) throws LlmException {
    Object type = format instanceof Map<?, ?> map ? map.get("type") : null;
    if (format == null || "text".equals(type)) {
      return;
    }
    Object wrapped = format instanceof Map<?, ?> map ? map.get("json_schema") : null;
    Object schema = wrapped instanceof Map<?, ?> map ? map.get("schema") : null;
    if (!"json_schema".equals(type) || schema == null) {
      throw UnwritableRequest.because(
          destination,
          "Anthropic's protocol knows JSON by its schema only. Set the option jsonSchema, make"
              + " response_format a json_schema, or ask for JSON in the prompt.");
    }
    body.extra("output_config", Map.of("format", Blocks.block("json_schema", "schema", schema)));
  }
}
