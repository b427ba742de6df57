/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.UnwritableRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.provider.Destination;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a conversation as the protocol wants it: the instructions apart, then turns in which user
 * and model alternate.
 */
final class MessageWriter {

  private static final String USER = "user";

  /** What one side says before the other does. Results must come before what is said about them. */
  private record Turn(String role, List<Object> results, List<@Nullable Object> parts) {
    private Turn(String role) {
      this(role, new ArrayList<>(), new ArrayList<>());
    }

    private Map<String, Object> write() {
      List<@Nullable Object> all = new ArrayList<>(results);
      all.addAll(parts);
      Map<String, Object> written = new LinkedHashMap<>();
      written.put("role", role);
      written.put("parts", all);
      return written;
    }
  }

  private final List<Message> messages;
  private final Destination destination;
  private final Map<String, String> toolNames = new HashMap<>();
  private final List<Turn> turns = new ArrayList<>();

  MessageWriter(List<Message> messages, Destination destination) {
    this.messages = messages;
    this.destination = destination;
  }

  /**
   * The system messages, wherever in the conversation they stand; null if there are none.
   *
   * @throws JsonProcessingException as {@link PartWriter} does
   */
  @Nullable Object systemInstruction() throws LlmException, JsonProcessingException {
    List<@Nullable Object> parts = new ArrayList<>();
    for (int index = 0; index < messages.size(); index++) {
      Message message = messages.get(index);
      if (message instanceof Message.System) {
        parts.addAll(new PartWriter(place(index), destination).write(message.parts(), List.of()));
      }
    }
    return parts.isEmpty() ? null : Map.of("parts", parts);
  }

  /**
   * All other messages; those of one role that follow each other are one turn.
   *
   * @throws JsonProcessingException as {@link PartWriter} does
   */
  List<Object> turns() throws LlmException, JsonProcessingException {
    for (int index = 0; index < messages.size(); index++) {
      add(place(index), messages.get(index));
    }
    return turns.stream().<Object>map(Turn::write).toList();
  }

  private static String place(int index) {
    return "messages[" + index + "]";
  }

  private void add(String place, Message message) throws LlmException, JsonProcessingException {
    PartWriter writer = new PartWriter(place, destination);
    if (message instanceof Message.Assistant assistant) {
      // A result names its call, but Gemini knows it by the tool.
      assistant.toolCalls().forEach(call -> toolNames.put(call.id(), call.name()));
      add("model", writer.write(message.parts(), assistant.toolCalls()));
    } else if (message instanceof Message.ToolResult result) {
      turn(USER).results.add(functionResponse(place, result));
      add(USER, writer.write(withoutText(result.parts()), List.of()));
    } else if (message instanceof Message.User) {
      add(USER, writer.write(message.parts(), List.of()));
    }
  }

  private void add(String role, List<@Nullable Object> parts) {
    if (!parts.isEmpty()) {
      turn(role).parts.addAll(parts);
    }
  }

  private Turn turn(String role) {
    if (turns.isEmpty() || !turns.get(turns.size() - 1).role.equals(role)) {
      turns.add(new Turn(role));
    }
    return turns.get(turns.size() - 1);
  }

  private Map<String, Object> functionResponse(String place, Message.ToolResult result)
      throws LlmException {
    String name = result.name() != null ? result.name() : toolNames.get(result.toolCallId());
    if (name == null) {
      throw UnwritableRequest.because(
          destination,
          place
              + " is a tool's result that answers a call that is not among the messages. Add the"
              + " message with the call, or name the tool.");
    }
    Map<String, Object> response = new LinkedHashMap<>();
    if (!ToolCall.isGenerated(result.toolCallId())) {
      response.put("id", result.toolCallId());
    }
    response.put("name", name);
    response.put("response", object(result.text()));
    return Map.of("functionResponse", response);
  }

  private static List<Part> withoutText(List<Part> parts) {
    return parts.stream().filter(part -> !(part instanceof Part.Text)).toList();
  }

  /** The protocol takes objects only. */
  private static Object object(String text) {
    try {
      JsonNode json = Json.read(text);
      if (json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException plainText) {
      // As most results are.
    }
    return Map.of("result", text);
  }
}
