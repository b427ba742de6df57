/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.ollama;

import io.github.llmcamel.codec.ForeignMembers;
import io.github.llmcamel.codec.FreeToolChoice;
import io.github.llmcamel.codec.Inexpressible;
import io.github.llmcamel.codec.ToolDefinitions;
import io.github.llmcamel.codec.UnwritableRequest;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.ResponseFormat;
import io.github.llmcamel.model.Tool;
import io.github.llmcamel.model.ToolUse;
import io.github.llmcamel.provider.Destination;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request. It knows the place of each member: Ollama has a few beside {@code
 * options}, and what has OpenAI's name, as an OpenAI request body brings it, is translated.
 */
final class RequestMembers {

  private static final String SERVER = "Ollama";

  private final Destination destination;
  private final Inexpressible inexpressible;
  private final Map<String, @Nullable Object> members = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> options = new LinkedHashMap<>();

  RequestMembers(Destination destination) {
    this.destination = destination;
    this.inexpressible = new Inexpressible(destination);
  }

  /** Puts a member that says what the call is. */
  void putOwn(String name, @Nullable Object value) {
    members.put(name, value);
  }

  /**
   * Puts any other member, under the name that OpenAI or Ollama gives it.
   *
   * @throws LlmRequestException if Ollama cannot express it
   */
  void put(String name, @Nullable Object value) throws LlmRequestException {
    if (ForeignMembers.has(name, value, SERVER, inexpressible)) {
      return;
    }
    switch (name) {
      case "model", "messages", "stream" -> {} // another would be another call
      case "keep_alive", "think", "format", "truncate", "shift" -> members.put(name, value);
      case "tools", "logprobs", "top_logprobs" -> members.put(name, value);
      case "max_tokens", "max_completion_tokens" -> options.put("num_predict", value);
      case "stop" -> options.put(name, value instanceof String text ? List.of(text) : value);
      case "reasoning_effort" ->
          members.put("think", value instanceof String effort ? think(effort) : value);
      case "response_format" -> throw UnwritableRequest.unknownResponseFormat(destination);
      case "tool_choice" -> toolChoice(value);
      case "n" -> choices(value);
      case "options" -> options(value);
      default -> options.put(name, value);
    }
  }

  /**
   * Puts the tools.
   *
   * @throws LlmRequestException if the model is not free to call one
   */
  void tools(ToolUse use) throws LlmRequestException {
    List<Tool> offered = FreeToolChoice.offered(use, SERVER, inexpressible);
    if (!offered.isEmpty()) {
      members.put("tools", ToolDefinitions.write(offered));
    }
  }

  /** Puts the form of the answer. */
  void format(@Nullable ResponseFormat format) {
    if (format instanceof ResponseFormat.JsonSchema named) {
      members.put("format", named.schema());
    } else if (format instanceof ResponseFormat.Json) {
      members.put("format", "json");
    }
  }

  /** What the user asked for and Ollama is not told. */
  List<String> dropped() {
    return inexpressible.dropped();
  }

  /** All members, for JSON. */
  Map<String, @Nullable Object> members() {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(members);
    if (!options.isEmpty()) {
      all.put("options", options);
    }
    return all;
  }

  /** Most models only know whether to think, some know how much. */
  private static Object think(String effort) {
    return switch (effort) {
      case "none", "false" -> false;
      case "true" -> true;
      default -> effort;
    };
  }

  private void choices(@Nullable Object value) throws LlmRequestException {
    if (value instanceof Number count && count.doubleValue() > 1) {
      inexpressible.refuse("choiceCount", "is above 1, but Ollama draws one answer. Leave it out.");
    }
  }

  private void options(@Nullable Object value) throws LlmRequestException {
    if (!(value instanceof Map<?, ?> map)) {
      throw refused("options", "is no object. Send options such as num_ctx one by one.");
    }
    map.forEach((name, option) -> options.put(String.valueOf(name), option));
  }

  /** One of a form that is not OpenAI's: that would be among the tools. */
  private void toolChoice(@Nullable Object value) throws LlmRequestException {
    if (value != null) {
      inexpressible.refuse("tool_choice", "has no counterpart at Ollama. Leave it out.");
    }
  }

  private LlmRequestException refused(String name, String problemAndCure) {
    return UnwritableRequest.because(destination, name + " " + problemAndCure);
  }
}
