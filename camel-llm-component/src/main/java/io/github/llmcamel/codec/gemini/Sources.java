/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.codec.Citations;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.Citation;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the sources of an answer: what a search has found, and what the answer repeats. Which part
 * of the text rests on them is left out: Gemini counts that in bytes.
 */
final class Sources {

  private static final List<String> KINDS = List.of("web", "retrievedContext", "maps");

  private Sources() {}

  static void read(JsonNode candidate, Citations citations, Consumer<ChatEvent> events) {
    for (JsonNode found : candidate.path("groundingMetadata").path("groundingChunks")) {
      KINDS.stream()
          .map(found::path)
          .filter(JsonNode::isObject)
          .forEach(source -> citations.tell(citation(source, found), events));
    }
    JsonNode metadata = candidate.path("citationMetadata");
    // The Gemini API has one name for them, Vertex AI the other.
    for (String name : List.of("citationSources", "citations")) {
      metadata.path(name).forEach(source -> citations.tell(citation(source, source), events));
    }
  }

  private static Citation citation(JsonNode source, JsonNode raw) {
    return new Citation(
        Json.nonEmptyText(source.path("uri")),
        Json.nonEmptyText(source.path("title")),
        Json.nonEmptyText(source.path("text")),
        null,
        null,
        raw.toString());
  }
}
