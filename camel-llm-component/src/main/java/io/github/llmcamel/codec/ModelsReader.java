/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.model.ModelInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists of models in every shape there is, since gateways answer in the shape of another
 * protocol: {@code data[]} (OpenAI, Anthropic), {@code models[]} (Ollama, Gemini), or just an array
 * (Together).
 */
public final class ModelsReader {

  private static final String RESOURCE = "models/";

  private ModelsReader() {}

  /**
   * The models of one answer.
   *
   * @throws LlmProtocolException if there is no list, or a model in it has no name
   */
  public static List<ModelInfo> read(ReplyHead head, JsonNode answer) throws LlmProtocolException {
    JsonNode list =
        Stream.of(answer, answer.path("data"), answer.path("models"))
            .filter(JsonNode::isArray)
            .findFirst()
            .orElse(null);
    if (list == null) {
      throw BrokenReply.unreadable(head, "JSON that is cut off or has no list of models");
    }
    List<ModelInfo> models = new ArrayList<>(list.size());
    for (JsonNode model : list) {
      models.add(model(head, model));
    }
    return models;
  }

  private static ModelInfo model(ReplyHead head, JsonNode model) throws LlmProtocolException {
    String id = text(model.path("id"), model.path("model"), model.path("name"), model);
    if (id == null) {
      throw BrokenReply.unreadable(head, "a model without a name");
    }
    return new ModelInfo(
        id.startsWith(RESOURCE) ? id.substring(RESOURCE.length()) : id,
        text(model.path("display_name"), model.path("displayName")),
        text(model.path("owned_by"), model.path("organization")),
        created(model),
        model.toString());
  }

  private static @Nullable String text(JsonNode... candidates) {
    return Stream.of(candidates)
        .map(Json::nonEmptyText)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Seconds since 1970, where 0 is what servers send for "unknown", or a date and time. */
  private static @Nullable Instant created(JsonNode model) {
    Long seconds = Json.count(model.path("created"));
    String time = text(model.path("created_at"), model.path("modified_at"));
    try {
      if (seconds != null && seconds > 0) {
        return Instant.ofEpochSecond(seconds);
      }
      return time == null ? null : OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
