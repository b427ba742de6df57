/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.Members;
import io.github.llmcamel.codec.MessageRole;
import io.github.llmcamel.codec.Typed;
import io.github.llmcamel.codec.UnwritableRequest;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.provider.Destination;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the messages of a request. */
final class MessageWriter {

  private final Destination destination;

  MessageWriter(Destination destination) {
    this.destination = destination;
  }

  /**
   * The messages as values of the JDK.
   *
   * @throws JsonProcessingException if a part holds text that should be JSON and is not
   * @throws LlmRequestException if the protocol cannot express a part
   */
  List<Object> write(List<Message> messages) throws JsonProcessingException, LlmRequestException {
    List<Object> written = new ArrayList<>(messages.size());
    for (Message message : messages) {
      check("messages[" + written.size() + "]", message);
      written.add(Members.merged(write(message), message.extras()));
    }
    return written;
  }

  /**
   * One message without its extras.
   *
   * @throws JsonProcessingException if a part holds text that should be JSON and is not
   */
  static Map<String, @Nullable Object> write(Message message) throws JsonProcessingException {
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
      Map<String, Object> called = new LinkedHashMap<>();
      called.put("name", call.name());
      boolean isCustom = call.kind() == ToolCall.Kind.CUSTOM;
      // Servers that parse the history refuse an empty string.
      boolean lacksArguments = !isCustom && call.arguments().isBlank();
      called.put(isCustom ? "input" : "arguments", lacksArguments ? "{}" : call.arguments());
      String type = isCustom ? "custom" : "function";
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("id", call.id());
      entry.put("type", type);
      entry.put(type, called);
      written.add(call.extras().isEmpty() ? entry : Members.merged(entry, call.extras()));
    }
    return written;
  }

  private void check(String place, Message message) throws LlmRequestException {
    for (Part part : message.parts()) {
      String problem = part instanceof Part.Media media ? MediaParts.problem(media) : null;
      if (problem != null) {
        throw UnwritableRequest.because(destination, place + " " + problem);
      }
    }
  }

  private static @Nullable Object content(Message message) throws JsonProcessingException {
    List<Part> known =
        message.parts().stream().filter(part -> !(part instanceof Part.Opaque)).toList();
    if (known.stream().allMatch(Part.Text.class::isInstance)) {
      boolean saysElse =
          message instanceof Message.Assistant assistant
              && !(assistant.toolCalls().isEmpty() && assistant.extras().isEmpty());
      return known.isEmpty() && saysElse ? null : message.text();
    }
    List<@Nullable Object> parts = new ArrayList<>(known.size());
    for (Part part : known) {
      parts.add(part(part));
    }
    return parts;
  }

  private static @Nullable Object part(Part part) throws JsonProcessingException {
    if (part instanceof Part.Text text) {
      return Typed.object("text", "text", text.text());
    }
    if (part instanceof Part.Media media) {
      return MediaParts.write(media);
    }
    Object json = ((Part.Other) part).json();
    return json instanceof String text ? Json.read(text) : json;
  }
}
