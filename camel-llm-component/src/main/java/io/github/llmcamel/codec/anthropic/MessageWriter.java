/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.codec.ToolArguments;
import io.github.llmcamel.codec.Typed;
import io.github.llmcamel.codec.UnwritableRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.provider.Destination;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a conversation as the protocol wants it: the instructions apart, then turns in which user
 * and assistant alternate.
 */
final class MessageWriter {

  private static final String TOOL_RESULT = "tool_result";

  private final List<Message> messages;
  private final Destination destination;
  private final BlockWriter blocks;

  MessageWriter(List<Message> messages, Destination destination) {
    this.messages = messages;
    this.destination = destination;
    this.blocks = new BlockWriter(destination);
  }

  /**
   * Looks for what the protocol has no form for.
   *
   * @throws LlmException if there is some; names the message
   */
  void check() throws LlmException {
    for (int index = 0; index < messages.size(); index++) {
      blocks.check("messages[" + index + "]", messages.get(index).parts());
    }
  }

  /**
   * The system messages, wherever in the conversation they stand; null if there are none.
   *
   * @throws JsonProcessingException as {@link BlockWriter} does
   */
  @Nullable Object system() throws LlmException, JsonProcessingException {
    List<Message> system = messages.stream().filter(Message.System.class::isInstance).toList();
    List<Part> parts = new ArrayList<>();
    system.forEach(message -> add(parts, message.parts()));
    if (parts.isEmpty()) {
      return null;
    }
    return parts.stream().allMatch(Part.Text.class::isInstance)
        ? system.stream()
            .map(Message::text)
            .filter(text -> !text.isBlank())
            .collect(Collectors.joining("\n\n"))
        : blocks.write(parts);
  }

  /**
   * All other messages; those of one role that follow each other are one turn.
   *
   * @throws JsonProcessingException as {@link BlockWriter} does
   */
  List<Object> turns() throws LlmException, JsonProcessingException {
    List<Object> turns = new ArrayList<>();
    String role = "";
    List<Part> turn = new ArrayList<>();
    for (Message message : messages) {
      if (message instanceof Message.System) {
        continue;
      }
      List<Part> parts = parts(message);
      String speaker = message instanceof Message.Assistant ? "assistant" : "user";
      if (!parts.isEmpty() && !speaker.equals(role)) {
        close(turns, role, turn);
        role = speaker;
        turn = new ArrayList<>();
      }
      turn.addAll(parts);
    }
    close(turns, role, turn);
    return turns;
  }

  private void close(List<Object> turns, String role, List<Part> turn)
      throws LlmException, JsonProcessingException {
    if (!turn.isEmpty()) {
      // Results must come before what the user says about them.
      List<Part> ordered = new ArrayList<>(turn.stream().filter(MessageWriter::isResult).toList());
      turn.stream().filter(part -> !isResult(part)).forEach(ordered::add);
      Map<String, Object> written = new LinkedHashMap<>();
      written.put("role", role);
      written.put("content", content(ordered));
      turns.add(written);
    }
  }

  private List<Part> parts(Message message) throws LlmException, JsonProcessingException {
    List<Part> parts = new ArrayList<>();
    if (message instanceof Message.ToolResult result) {
      parts.add(toolResult(result));
    } else {
      add(parts, message.parts());
    }
    if (message instanceof Message.Assistant assistant) {
      for (ToolCall call : assistant.toolCalls()) {
        parts.add(toolUse(call));
      }
    }
    return parts;
  }

  private Part toolResult(Message.ToolResult result) throws LlmException, JsonProcessingException {
    List<Part> parts = new ArrayList<>();
    add(parts, result.parts());
    Map<String, Object> block = Typed.object(TOOL_RESULT, "tool_use_id", result.toolCallId());
    if (!parts.isEmpty()) {
      block.put("content", content(parts));
    }
    return new Part.Other(TOOL_RESULT, block);
  }

  private Part toolUse(ToolCall call) throws LlmException {
    Map<String, Object> block = Typed.object("tool_use", "id", call.id());
    block.put("name", call.name());
    block.put("input", input(call));
    return new Part.Other("tool_use", block);
  }

  private Object input(ToolCall call) throws LlmException {
    Object input = ToolArguments.asObject(call);
    if (input == null) {
      throw UnwritableRequest.because(
          destination,
          "the arguments of an earlier call of the tool %s are no JSON object, and Anthropic's"
                  .formatted(call.name())
              + " protocol takes nothing else. Complete them, or leave the call and its result"
              + " out.");
    }
    return input;
  }

  private Object content(List<Part> parts) throws LlmException, JsonProcessingException {
    return parts.size() == 1 && parts.get(0) instanceof Part.Text only
        ? only.text()
        : blocks.write(parts);
  }

  /**
   * Anthropic refuses a text that has nothing but white space, such as models say before a call.
   * What belongs to another protocol is left out.
   */
  private static void add(List<Part> parts, List<Part> added) {
    added.stream()
        .filter(part -> !(part instanceof Part.Text text && text.text().isBlank()))
        .filter(part -> !(part instanceof Part.Opaque kept) || isOurs(kept))
        .forEach(parts::add);
  }

  private static boolean isOurs(Part.Opaque kept) {
    return kept.protocol().equals(AnthropicCodec.NAME);
  }

  private static boolean isResult(Part part) {
    return part instanceof Part.Other other && other.type().equals(TOOL_RESULT);
  }
}
