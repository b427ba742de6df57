/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.Members;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.ToolCall;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the messages of a chat request. */
final class MessageReader {

  private final String place;
  private final JsonNode message;

  private MessageReader(String place, JsonNode message) {
    this.place = place;
    this.message = message;
  }

  static List<Message> read(JsonNode messages) {
    if (!messages.isArray() || messages.isEmpty()) {
      throw new WrongMemberException(
          "messages",
          "is missing or empty: send a list such as"
              + " [{\"role\": \"user\", \"content\": \"Hello\"}].");
    }
    List<Message> read = new ArrayList<>(messages.size());
    for (JsonNode message : messages) {
      read.add(new MessageReader("messages[" + read.size() + "]", message).read());
    }
    return read;
  }

  private Message read() {
    Message plain = plain();
    Map<String, Object> extras = extras(plain);
    return extras.isEmpty() ? plain : plain.withExtras(extras);
  }

  /** What the message says otherwise than we would; each call of a tool keeps its own. */
  private Map<String, Object> extras(Message plain) {
    Map<?, ?> sent = (Map<?, ?>) Objects.requireNonNull(Json.toJdk(message));
    try {
      Map<String, Object> extras = Members.beyond(sent, MessageWriter.write(plain));
      extras.remove("tool_calls");
      return extras;
    } catch (JsonProcessingException impossible) {
      // All parts that are JSON have just been read.
      throw new UncheckedIOException(impossible);
    }
  }

  private Message plain() {
    return switch (message.path("role").asText()) {
      case "system", "developer" -> new Message.System(parts(true));
      case "user" -> new Message.User(parts(true), Json.nonEmptyText(message.path("name")));
      case "assistant" -> assistant();
      case "tool" ->
          new Message.ToolResult(
              text(message, place, "tool_call_id"),
              Json.nonEmptyText(message.path("name")),
              parts(true));
      case "function" ->
          throw own("role", "is the old \"function\"", "use \"tool\" with a tool_call_id");
      default ->
          throw own(
              "role",
              "is missing or unknown",
              "use \"system\", \"developer\", \"user\", \"assistant\" or \"tool\"");
    };
  }

  private Message assistant() {
    if (message.hasNonNull("function_call")) {
      throw own("function_call", "is the old form", "use tool_calls");
    }
    List<ToolCall> calls = new ArrayList<>();
    for (JsonNode call : message.path("tool_calls")) {
      calls.add(toolCall(place + ".tool_calls[" + calls.size() + "]", call));
    }
    boolean saysElse = message.hasNonNull("refusal") || message.hasNonNull("audio");
    boolean needsContent = calls.isEmpty() && !saysElse;
    return new Message.Assistant(parts(needsContent), calls);
  }

  private static ToolCall toolCall(String at, JsonNode call) {
    String id = text(call, at, "id");
    Map<String, Object> extras = UnknownMembers.ofToolCall(call);
    JsonNode custom = call.path("custom");
    if (custom.isObject()) {
      String place = at + ".custom";
      String name = text(custom, place, "name");
      return new ToolCall(id, name, text(custom, place, "input"), ToolCall.Kind.CUSTOM, extras);
    }
    JsonNode function = call.path("function");
    JsonNode arguments = function.path("arguments");
    return new ToolCall(
        id,
        text(function, at + ".function", "name"),
        arguments.isContainerNode() ? arguments.toString() : arguments.asText("{}"),
        ToolCall.Kind.FUNCTION,
        extras);
  }

  private List<Part> parts(boolean needed) {
    JsonNode content = message.path("content");
    if (content.isTextual()) {
      return List.of(new Part.Text(content.textValue()));
    }
    if (content.isArray()) {
      List<Part> parts = new ArrayList<>(content.size());
      for (JsonNode part : content) {
        parts.add(part(place + ".content[" + parts.size() + "]", part));
      }
      return parts;
    }
    boolean absent = content.isMissingNode() || content.isNull();
    if (needed || !absent) {
      throw own(
          "content",
          absent ? "is missing" : "has the wrong type",
          "make it a string or a list of parts");
    }
    return List.of();
  }

  private static Part part(String at, JsonNode part) {
    String type = text(part, at, "type");
    if (type.equals("text")) {
      return new Part.Text(text(part, at, "text"));
    }
    Map<?, ?> json = (Map<?, ?>) Objects.requireNonNull(Json.toJdk(part));
    Part media = MediaParts.read(type, json);
    return media != null ? media : new Part.Other(type, json);
  }

  private static String text(JsonNode holder, String at, String name) {
    @Nullable String value = holder.path(name).textValue();
    if (value == null) {
      throw problem(at + "." + name, "is missing or no string", "add it");
    }
    return value;
  }

  private IllegalArgumentException own(String member, String what, String cure) {
    return problem(place + "." + member, what, cure);
  }

  private static IllegalArgumentException problem(String member, String what, String cure) {
    return new WrongMemberException(member, what + ": " + cure + ".");
  }
}
