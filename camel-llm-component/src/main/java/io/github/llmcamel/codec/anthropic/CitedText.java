/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.Citation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The sources of an open block of text; all of the block rests on them. Confined to one call. */
final class CitedText {

  private final int start;
  private final List<JsonNode> citations = new ArrayList<>();

  /** A block that begins at this character of the answer. */
  CitedText(int start) {
    this.start = start;
  }

  void add(JsonNode citation) {
    if (citation.isObject()) {
      citations.add(citation);
    }
  }

  /** The block ends in front of this character of the answer. */
  void end(int end, Consumer<ChatEvent> events) {
    for (JsonNode citation : citations) {
      String title = Json.nonEmptyText(citation.path("title"));
      events.accept(
          new ChatEvent.Cited(
              0,
              new Citation(
                  Json.nonEmptyText(citation.path("url")),
                  title != null ? title : Json.nonEmptyText(citation.path("document_title")),
                  Json.nonEmptyText(citation.path("cited_text")),
                  start,
                  end,
                  citation.toString())));
    }
  }
}
