/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads members of a JSON object strictly. A member that is null counts as absent. */
final class Members {

  private final JsonNode object;

  Members(JsonNode object) {
    this.object = object;
  }

  String text(String name, String absent) throws InvalidRequestException {
    JsonNode value = find(name);
    if (value == null) {
      return absent;
    }
    return require(value.isTextual(), value, name, "a string").asText();
  }

  /** A string, number or flag as text, empty for any other value; null if it is absent. */
  @Nullable String word(String name) {
    JsonNode value = find(name);
    return value == null ? null : value.asText();
  }

  boolean flag(String name) throws InvalidRequestException {
    JsonNode value = find(name);
    return value != null && require(value.isBoolean(), value, name, "true or false").asBoolean();
  }

  /** From 1 to {@code most}. */
  int integer(String name, int absent, int most) throws InvalidRequestException {
    JsonNode value = find(name);
    if (value == null) {
      return absent;
    }
    boolean fits =
        value.isIntegralNumber()
            && value.canConvertToInt()
            && value.intValue() >= 1
            && value.intValue() <= most;
    return require(fits, value, name, "a whole number from 1 to " + most).intValue();
  }

  double number(String name, double absent) throws InvalidRequestException {
    JsonNode value = find(name);
    return value == null ? absent : require(value.isNumber(), value, name, "a number").asDouble();
  }

  /** As it is; a missing node if it is absent. */
  JsonNode value(String name) {
    return object.path(name);
  }

  @Nullable JsonNode object(String name) throws InvalidRequestException {
    JsonNode value = find(name);
    return value == null ? null : require(value.isObject(), value, name, "an object");
  }

  /** Required, and not empty. */
  JsonNode list(String name) throws InvalidRequestException {
    JsonNode value = object.path(name);
    return require(value.isArray() && !value.isEmpty(), value, name, "an array that is not empty");
  }

  /** One or several; empty ones are left out. */
  List<String> texts(String name) throws InvalidRequestException {
    JsonNode value = find(name);
    if (value == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode one : value.isArray() ? value : List.of(value)) {
      texts.add(require(one.isTextual(), one, name, "a string or an array of strings").asText());
    }
    texts.removeIf(String::isEmpty);
    return texts;
  }

  private @Nullable JsonNode find(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private static JsonNode require(boolean fits, JsonNode value, String name, String cure)
      throws InvalidRequestException {
    if (!fits) {
      throw new InvalidRequestException(name, name + " must be " + cure + ".");
    }
    return value;
  }
}
