/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.model.ChatEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the content blocks of one message. Confined to one call.
 *
 * <p>Signatures, citations and what tools of the provider's own do are no content of the answer.
 */
final class BlockReader {

  /** A call of a tool whose block is open. */
  private static final class ToolUse {
    private final int position;
    private final JsonNode input;
    private boolean hasArguments;

    private ToolUse(int position, JsonNode input) {
      this.position = position;
      this.input = input;
    }
  }

  private final Map<Long, ToolUse> open = new LinkedHashMap<>();
  private int toolUses;

  /** A block begins. Some servers put all of its content here. */
  void start(long index, JsonNode block, Consumer<ChatEvent> events) {
    stop(index, events);
    switch (block.path("type").asText()) {
      case "text" -> text(block, events);
      case "thinking" -> thinking(block, events);
      case "tool_use" -> {
        ToolUse call = new ToolUse(toolUses++, block.path("input"));
        open.put(index, call);
        String id = Json.nonEmptyText(block.path("id"));
        String name = Json.nonEmptyText(block.path("name"));
        events.accept(new ChatEvent.ToolCallDelta(0, call.position, id, name, ""));
      }
      default -> {} // no content
    }
  }

  /** A piece of the block that began under the index. */
  void delta(long index, JsonNode delta, Consumer<ChatEvent> events) {
    switch (delta.path("type").asText()) {
      case "text_delta" -> text(delta, events);
      case "thinking_delta" -> thinking(delta, events);
      case "input_json_delta" -> input(open.get(index), delta, events);
      default -> {} // no content
    }
  }

  /** A block ends; nothing happens if it has ended before. */
  void stop(long index, Consumer<ChatEvent> events) {
    ToolUse call = open.remove(index);
    if (call != null && !call.hasArguments && !call.input.isEmpty()) {
      arguments(call, call.input.toString(), events);
    }
  }

  /** Ends the blocks that the server has left open. */
  void stopAll(Consumer<ChatEvent> events) {
    List.copyOf(open.keySet()).forEach(index -> stop(index, events));
  }

  private static void text(JsonNode holder, Consumer<ChatEvent> events) {
    String text = Json.nonEmptyText(holder.path("text"));
    if (text != null) {
      events.accept(new ChatEvent.TextDelta(0, text));
    }
  }

  private static void thinking(JsonNode holder, Consumer<ChatEvent> events) {
    String text = Json.nonEmptyText(holder.path("thinking"));
    if (text != null) {
      events.accept(new ChatEvent.ReasoningDelta(0, text));
    }
  }

  private static void input(@Nullable ToolUse call, JsonNode delta, Consumer<ChatEvent> events) {
    String fragment = Json.nonEmptyText(delta.path("partial_json"));
    if (call != null && fragment != null) {
      call.hasArguments = true;
      arguments(call, fragment, events);
    }
  }

  private static void arguments(ToolUse call, String fragment, Consumer<ChatEvent> events) {
    events.accept(new ChatEvent.ToolCallDelta(0, call.position, null, null, fragment));
  }
}
