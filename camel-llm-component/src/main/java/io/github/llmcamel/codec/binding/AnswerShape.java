/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.binding;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an answer and the schema of its class differ. Of the answer it tells no more than names
 * that are the class's own.
 */
record AnswerShape(JsonNode schema) {

  /** The path of the first required member that is missing or null; null if there is none. */
  @Nullable String missing(JsonNode answer) {
    return missing(schema, answer, "");
  }

  /** Where a mapping failed, such as {@code lines[2].total}; empty for the answer as a whole. */
  String path(List<JsonMappingException.Reference> references) {
    StringBuilder path = new StringBuilder();
    JsonNode at = schema;
    for (JsonMappingException.Reference reference : references) {
      String name = reference.getFieldName();
      if (name == null) {
        path.append('[').append(reference.getIndex()).append(']');
        at = at.path("items");
      } else if (at.path("properties").has(name)) {
        path.append(path.isEmpty() ? "" : ".").append(name);
        at = at.path("properties").path(name);
      } else {
        // The key of a map, which the model has written.
        path.append("[*]");
        at = at.path("additionalProperties");
      }
    }
    return path.toString();
  }

  private static @Nullable String missing(JsonNode schema, JsonNode answer, String path) {
    for (JsonNode required : schema.path("required")) {
      if (answer.isObject() && !answer.hasNonNull(required.textValue())) {
        return path + required.textValue();
      }
    }
    for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
      String name = member.getKey();
      String found = missingBelow(member.getValue(), answer.path(name), path + name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable String missingBelow(JsonNode schema, JsonNode answer, String path) {
    if (answer.isObject()) {
      return missing(schema, answer, path + ".");
    }
    for (int i = 0; i < answer.size(); i++) {
      String found = missingBelow(schema.path("items"), answer.get(i), "%s[%d]".formatted(path, i));
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
