/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.MessageRole;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the messages of a request. */
final class MessageWriter {

  private MessageWriter() {}

  /**
   * The messages as values of the JDK.
   *
   * @throws JsonProcessingException if a part holds text that should be JSON and is not
   */
  static List<Object> write(List<Message> messages) throws JsonProcessingException {
    List<Object> written = new ArrayList<>(messages.size());
    for (Message message : messages) {
      written.add(write(message));
    }
    return written;
  }

  private static Map<String, @Nullable Object> write(Message message)
      throws JsonProcessingException {
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    written.put("role", MessageRole.of(message));
    written.put("content", content(message));
    if (message instanceof Message.User user && user.name() != null) {
      written.put("name", user.name());
    } else if (message instanceof Message.Assistant assistant && !assistant.toolCalls().isEmpty()) {
      written.put("tool_calls", toolCalls(assistant.toolCalls()));
    } else if (message instanceof Message.ToolResult result) {
      written.put("tool_call_id", result.toolCallId());
      if (result.name() != null) {
        written.put("name", result.name());
      }
    }
    return written;
  }

  static List<Object> toolCalls(List<ToolCall> calls) {
    List<Object> written = new ArrayList<>(calls.size());
    for (ToolCall call : calls) {
      Map<String, Object> function = new LinkedHashMap<>();
      function.put("name", call.name());
      // Servers that parse the history refuse an empty string.
      function.put("arguments", call.arguments().isBlank() ? "{}" : call.arguments());
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("id", call.id());
      entry.put("type", "function");
      entry.put("function", function);
      written.add(entry);
    }
    return written;
  }

  private static @Nullable Object content(Message message) throws JsonProcessingException {
    List<Part> known =
        message.parts().stream().filter(part -> !(part instanceof Part.Opaque)).toList();
    if (known.stream().allMatch(Part.Text.class::isInstance)) {
      boolean onlyCalls =
          known.isEmpty()
              && message instanceof Message.Assistant assistant
              && !assistant.toolCalls().isEmpty();
      return onlyCalls ? null : message.text();
    }
    List<@Nullable Object> parts = new ArrayList<>(known.size());
    for (Part part : known) {
      parts.add(part(part));
    }
    return parts;
  }

  private static @Nullable Object part(Part part) throws JsonProcessingException {
    if (part instanceof Part.Text text) {
      Map<String, Object> written = new LinkedHashMap<>();
      written.put("type", "text");
      written.put("text", text.text());
      return written;
    }
    if (part instanceof Part.Media media) {
      return MediaParts.write(media);
    }
    Object json = ((Part.Other) part).json();
    return json instanceof String text ? Json.read(text) : json;
  }
}
