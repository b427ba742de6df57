/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.codec.Citations;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.Citation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads and writes citations, which OpenAI has as annotations of a message. */
final class Annotations {

  /** The member of a message or a delta that holds them. */
  static final String MEMBER = "annotations";

  private static final String URL_CITATION = "url_citation";

  private Annotations() {}

  /** Reads those of a message or a delta. */
  static void read(JsonNode message, Citations citations, Consumer<ChatEvent> events) {
    for (JsonNode annotation : message.path(MEMBER)) {
      JsonNode cited = annotation.path(URL_CITATION);
      if (cited.isObject()) {
        citations.tell(
            new Citation(
                Json.nonEmptyText(cited.path("url")),
                Json.nonEmptyText(cited.path("title")),
                Json.nonEmptyText(cited.path("content")),
                Json.index(cited.path("start_index")),
                Json.index(cited.path("end_index")),
                annotation.toString()),
            events);
      }
    }
  }

  /** Those of a message or a delta that are no citations; null if nothing is said of any. */
  static @Nullable List<?> others(JsonNode message) {
    JsonNode annotations = message.path(MEMBER);
    List<@Nullable Object> others = new ArrayList<>();
    for (JsonNode annotation : annotations) {
      if (!annotation.path(URL_CITATION).isObject()) {
        others.add(Json.toJdk(annotation));
      }
    }
    boolean saysNone = annotations.isArray() && annotations.isEmpty();
    return others.isEmpty() && !saysNone ? null : others;
  }

  /** Reads those of Perplexity and xAI, which name the sources of an answer beside its choices. */
  static void readSources(JsonNode answer, Citations citations, Consumer<ChatEvent> events) {
    for (JsonNode result : answer.path("search_results")) {
      citations.tellSource(
          new Citation(
              Json.nonEmptyText(result.path("url")),
              Json.nonEmptyText(result.path("title")),
              Json.nonEmptyText(result.path("snippet")),
              null,
              null,
              result.toString()),
          events);
    }
    for (JsonNode url : answer.path("citations")) {
      citations.tellSource(
          new Citation(Json.nonEmptyText(url), null, null, null, null, url.toString()), events);
    }
  }

  /**
   * Those that can be written: as they came where they came in this form. Of others a client of
   * OpenAI wants to know the URL and the place. It wants a title too; without one that is the URL.
   */
  static List<?> write(List<Citation> citations) {
    List<Object> annotations = new ArrayList<>();
    for (Citation citation : citations) {
      JsonNode asItCame = Json.objectOrEmpty(citation.raw());
      if (asItCame.path(URL_CITATION).isObject()) {
        annotations.add(asItCame);
      } else if (citation.url() != null && citation.start() != null && citation.end() != null) {
        Map<String, @Nullable Object> cited = new LinkedHashMap<>();
        cited.put("start_index", citation.start());
        cited.put("end_index", citation.end());
        cited.put("url", citation.url());
        cited.put("title", citation.title() != null ? citation.title() : citation.url());
        Map<String, Object> annotation = new LinkedHashMap<>();
        annotation.put("type", URL_CITATION);
        annotation.put(URL_CITATION, cited);
        annotations.add(annotation);
      }
    }
    return annotations;
  }
}
