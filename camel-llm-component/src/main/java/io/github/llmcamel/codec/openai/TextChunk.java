/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.llmcamel.codec.Frame;
import io.github.llmcamel.codec.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the chunk that nearly every chunk is, a piece of text for one choice, without building a
 * tree: half the time and a seventh of the memory. Confined to one call.
 *
 * <p>It only ever says "not mine" to anything else, and then the chunk is read again as a tree.
 */
final class TextChunk {

  private static final String OBJECT = "chat.completion.chunk";

  private int choice;
  private @Nullable String text;
  private @Nullable String reasoning;

  /** Whether the frame is such a chunk. */
  boolean read(Frame frame) {
    text = null;
    reasoning = null;
    try (JsonParser json = Json.parser(frame.data(), frame.length())) {
      return json.nextToken() == JsonToken.START_OBJECT
          && chunk(json)
          && json.nextToken() == null
          && (text != null || reasoning != null);
    } catch (IOException notJson) {
      return false;
    }
  }

  int choice() {
    return choice;
  }

  /** Never empty; null if the chunk has none. */
  @Nullable String text() {
    return text;
  }

  /** Never empty; null if the chunk has none. */
  @Nullable String reasoning() {
    return reasoning;
  }

  private boolean chunk(JsonParser json) throws IOException {
    boolean mine = true;
    while (mine && json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      mine =
          switch (name) {
            case "choices" -> value == JsonToken.START_ARRAY && onlyChoice(json);
            case "object" -> value == JsonToken.VALUE_STRING && is(json, OBJECT);
            case "id", "model", "created", "system_fingerprint", "service_tier", "obfuscation" ->
                value.isScalarValue();
            default -> value == JsonToken.VALUE_NULL;
          };
    }
    return mine;
  }

  private boolean onlyChoice(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    choice = 0;
    boolean mine = true;
    while (mine && json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      mine =
          switch (name) {
            case "index" -> {
              choice = value == JsonToken.VALUE_NUMBER_INT ? json.getIntValue() : -1;
              yield choice >= 0;
            }
            case "delta" -> value == JsonToken.START_OBJECT && delta(json);
            default -> value == JsonToken.VALUE_NULL;
          };
    }
    return mine && json.nextToken() == JsonToken.END_ARRAY;
  }

  private boolean delta(JsonParser json) throws IOException {
    boolean mine = text == null && reasoning == null;
    while (mine && json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.VALUE_STRING) {
        switch (name) {
          case "role" -> {}
          case "content" -> {
            mine = text == null;
            text = nonEmpty(json);
          }
          case "reasoning_content", "reasoning" -> {
            mine = reasoning == null;
            reasoning = nonEmpty(json);
          }
          default -> mine = false;
        }
      } else {
        mine = value == JsonToken.VALUE_NULL;
      }
    }
    return mine;
  }

  private static @Nullable String nonEmpty(JsonParser json) throws IOException {
    String text = json.getText();
    return text.isEmpty() ? null : text;
  }

  private static boolean is(JsonParser json, String expected) throws IOException {
    if (json.getTextLength() != expected.length()) {
      return false;
    }
    char[] text = json.getTextCharacters();
    int start = json.getTextOffset();
    for (int i = 0; i < expected.length(); i++) {
      if (text[start + i] != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
