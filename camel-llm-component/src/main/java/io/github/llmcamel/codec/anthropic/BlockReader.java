/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ToolCall;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the content blocks of one message. Confined to one call.
 *
 * <p>Signed thinking and what tools of the provider's own do is no content of the answer, but kept:
 * the provider wants it back in the next turn.
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

  private final String answer;
  private final Map<Long, ToolUse> open = new LinkedHashMap<>();
  private final Map<Long, CitedText> texts = new LinkedHashMap<>();
  private final Map<Long, KeptBlock> kept = new LinkedHashMap<>();
  private int toolUses;
  private int textLength;

  /** A reader of the message that {@code answer} tells from others. */
  BlockReader(String answer) {
    this.answer = answer;
  }

  /** A block begins. Some servers put all of its content here. */
  void start(long index, JsonNode block, Consumer<ChatEvent> events) {
    stop(index, events);
    switch (block.path("type").asText()) {
      case "text" -> {
        CitedText cited = new CitedText(textLength);
        block.path("citations").forEach(cited::add);
        texts.put(index, cited);
        text(block, events);
      }
      case "thinking" -> {
        thinking(block, events);
        keep(index, block);
      }
      case "tool_use" -> {
        ToolUse call = new ToolUse(toolUses++, block.path("input"));
        open.put(index, call);
        String id =
            Objects.requireNonNullElse(
                Json.nonEmptyText(block.path("id")),
                ToolCall.generatedId(answer, 0, call.position));
        String name = Json.nonEmptyText(block.path("name"));
        events.accept(new ChatEvent.ToolCallDelta(0, call.position, id, name, ""));
      }
      default -> keep(index, block);
    }
  }

  private void keep(long index, JsonNode block) {
    if (Json.nonEmptyText(block.path("type")) != null) {
      kept.put(index, new KeptBlock(block));
    }
  }

  /** A piece of the block that began under the index. */
  void delta(long index, JsonNode delta, Consumer<ChatEvent> events) {
    KeptBlock keeping = kept.get(index);
    if (keeping != null) {
      keeping.add(delta);
    }
    switch (delta.path("type").asText()) {
      case "text_delta" -> text(delta, events);
      case "thinking_delta" -> thinking(delta, events);
      case "input_json_delta" -> input(open.get(index), delta, events);
      case "citations_delta" -> {
        CitedText cited = texts.get(index);
        if (cited != null) {
          cited.add(delta.path("citation"));
        }
      }
      default -> {} // no content
    }
  }

  /** A block ends; nothing happens if it has ended before. */
  void stop(long index, Consumer<ChatEvent> events) {
    ToolUse call = open.remove(index);
    if (call != null && !call.hasArguments && !call.input.isEmpty()) {
      arguments(call, call.input.toString(), events);
    }
    CitedText cited = texts.remove(index);
    if (cited != null) {
      cited.end(textLength, events);
    }
    KeptBlock block = kept.remove(index);
    if (block != null && block.mustGoBack()) {
      events.accept(new ChatEvent.PartReceived(0, block.part()));
    }
  }

  /** Ends the blocks that the server has left open. */
  void stopAll(Consumer<ChatEvent> events) {
    Stream.of(open.keySet(), texts.keySet(), kept.keySet())
        .flatMap(Set::stream)
        .sorted()
        .toList()
        .forEach(index -> stop(index, events));
  }

  private void text(JsonNode holder, Consumer<ChatEvent> events) {
    String text = Json.nonEmptyText(holder.path("text"));
    if (text != null) {
      textLength += text.length();
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
