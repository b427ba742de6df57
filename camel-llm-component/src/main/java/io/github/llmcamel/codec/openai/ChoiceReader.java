/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.codec.Citations;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.model.ChatEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads what belongs to one choice. Confined to one call. */
final class ChoiceReader {

  private static final Set<String> OF_CHOICE =
      Set.of("index", "delta", "message", "finish_reason", "logprobs", "usage");
  private static final Set<String> OF_MESSAGE =
      Set.of(
          "role",
          "content",
          "reasoning_content",
          "reasoning",
          "thinking",
          "refusal",
          "tool_calls",
          "function_call",
          Annotations.MEMBER);

  private final int index;
  private final ToolCallReader toolCalls;
  private final Citations citations;
  private boolean incremental;
  private boolean finished;

  /**
   * A reader for the choice {@code index}.
   *
   * @param answer as in {@link ToolCallReader}
   */
  ChoiceReader(int index, String answer) {
    this.index = index;
    this.toolCalls = new ToolCallReader(index, answer);
    this.citations = new Citations(index);
  }

  void read(JsonNode choice, Consumer<ChatEvent> events) {
    JsonNode delta = choice.path("delta");
    LogProbabilities.read(choice.path("logprobs"), index, events);
    extras(choice, delta.isObject() || incremental ? delta : choice.path("message"), events);
    if (delta.isObject()) {
      incremental = true;
      content(delta, events);
      Annotations.read(delta, citations, events);
      toolCalls.deltas(delta, events);
    } else if (!incremental) {
      // Beside deltas a message only sums them up.
      JsonNode message = choice.path("message");
      content(message, events);
      Annotations.read(message, citations, events);
      toolCalls.whole(message, events);
    }
    finish(choice.path("finish_reason"), events);
  }

  /** Reads a chunk that is nothing but text. */
  void read(TextChunk chunk, Consumer<ChatEvent> events) {
    incremental = true;
    if (chunk.reasoning() != null) {
      events.accept(new ChatEvent.ReasoningDelta(index, chunk.reasoning()));
    }
    if (chunk.text() != null) {
      events.accept(new ChatEvent.TextDelta(index, chunk.text()));
    }
  }

  /** Reads the sources that stand beside the choices, not in them. */
  void sources(JsonNode answer, Consumer<ChatEvent> events) {
    Annotations.readSources(answer, citations, events);
  }

  boolean isFinished() {
    return finished;
  }

  void completeToolCalls(Consumer<ChatEvent> events) {
    toolCalls.complete(events);
  }

  private void extras(JsonNode choice, JsonNode message, Consumer<ChatEvent> events) {
    Map<String, Object> ofMessage = UnknownMembers.of(message, OF_MESSAGE);
    List<?> annotations = Annotations.others(message);
    if (annotations != null) {
      ofMessage.put(Annotations.MEMBER, annotations);
    }
    Map<String, Object> ofChoice = UnknownMembers.of(choice, OF_CHOICE);
    if (!ofChoice.isEmpty() || !ofMessage.isEmpty()) {
      events.accept(new ChatEvent.ExtrasReceived(index, ofChoice, ofMessage));
    }
  }

  private void content(JsonNode delta, Consumer<ChatEvent> events) {
    String reasoning = reasoning(delta);
    if (reasoning != null) {
      events.accept(new ChatEvent.ReasoningDelta(index, reasoning));
    }
    JsonNode content = delta.path("content");
    text(content, events);
    if (content.isArray()) {
      content.forEach(part -> part(part, events));
    }
    refusal(delta.path("refusal"), events);
  }

  /** Several fields may carry the same text: the first one that has any counts. */
  private static @Nullable String reasoning(JsonNode delta) {
    for (String field : new String[] {"reasoning_content", "reasoning", "thinking"}) {
      String text = Json.nonEmptyText(delta.path(field));
      if (text != null) {
        return text;
      }
    }
    return joined(delta.path("reasoning_details"));
  }

  private void part(JsonNode part, Consumer<ChatEvent> events) {
    text(part.path("text"), events);
    refusal(part.path("refusal"), events);
    JsonNode thinking = part.path("thinking");
    String reasoning = thinking.isTextual() ? Json.nonEmptyText(thinking) : joined(thinking);
    if (reasoning != null) {
      events.accept(new ChatEvent.ReasoningDelta(index, reasoning));
    }
  }

  private void text(JsonNode node, Consumer<ChatEvent> events) {
    String text = Json.nonEmptyText(node);
    if (text != null) {
      events.accept(new ChatEvent.TextDelta(index, text));
    }
  }

  private void refusal(JsonNode node, Consumer<ChatEvent> events) {
    String text = Json.nonEmptyText(node);
    if (text != null) {
      events.accept(new ChatEvent.RefusalDelta(index, text));
    }
  }

  private static @Nullable String joined(JsonNode pieces) {
    StringBuilder text = new StringBuilder();
    for (JsonNode piece : pieces) {
      text.append(piece.path("text").asText()).append(piece.path("summary").asText());
    }
    return text.isEmpty() ? null : text.toString();
  }

  private void finish(JsonNode reason, Consumer<ChatEvent> events) {
    String word = Json.nonEmptyText(reason);
    if (word != null && !finished) {
      finished = true;
      toolCalls.complete(events);
      events.accept(new ChatEvent.Finished(index, FinishReasons.read(word)));
    }
  }
}
