/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.simulator.answer.Turn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tool that a request demands to be called.
 *
 * @param parameters the schema of its arguments; a missing node if it takes none
 */
record WantedTool(String name, JsonNode parameters) {

  /**
   * The tool that is named, or the first one where any is required.
   *
   * @return null if the model is free, or answers to what a tool has found
   */
  static @Nullable WantedTool read(Members members, List<Turn> turns)
      throws InvalidRequestException {
    JsonNode choice = members.value("tool_choice");
    String name = choice.path("function").path("name").asText();
    boolean isDemanded = !name.isEmpty() || choice.asText().equals("required");
    if (!isDemanded || turns.get(turns.size() - 1).role().equals("tool")) {
      return null;
    }
    for (JsonNode tool : members.value("tools")) {
      JsonNode function = tool.path("function");
      if (function.has("name") && (name.isEmpty() || function.path("name").asText().equals(name))) {
        return new WantedTool(function.path("name").asText(), function.path("parameters"));
      }
    }
    throw new InvalidRequestException(
        "tool_choice", "tool_choice demands a function that is not among tools.");
  }
}
