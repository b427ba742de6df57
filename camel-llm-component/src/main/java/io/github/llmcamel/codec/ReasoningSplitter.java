/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.model.ChatEvent;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Makes reasoning of what stands between tags at the beginning of a text. Confined to one call. */
final class ReasoningSplitter {

  private final boolean isOpened;
  private final Map<Integer, TaggedText> texts = new TreeMap<>();

  /** A splitter of texts; {@code isOpened} is whether they begin behind the opening tag. */
  ReasoningSplitter(boolean isOpened) {
    this.isOpened = isOpened;
  }

  /** Passes an event on, or what becomes of it. */
  void split(ChatEvent event, Consumer<ChatEvent> events) {
    if (event instanceof ChatEvent.TextDelta delta) {
      texts
          .computeIfAbsent(delta.choice(), choice -> new TaggedText(choice, isOpened))
          .add(delta.text(), events);
      return;
    }
    if (event instanceof ChatEvent.ReasoningDelta delta) {
      // Whoever has split the reasoning off by itself has left no tag.
      texts.putIfAbsent(delta.choice(), new TaggedText(delta.choice(), false));
    } else if (event instanceof ChatEvent.Finished finished) {
      flush(finished.choice(), events);
    } else if (event instanceof ChatEvent.PartReceived received) {
      flush(received.choice(), events);
    } else if (event instanceof ChatEvent.ToolCallDelta call) {
      flush(call.choice(), events);
    }
    events.accept(event);
  }

  /** The answer has ended. */
  void end(Consumer<ChatEvent> events) {
    texts.values().forEach(text -> text.flush(events));
  }

  private void flush(int choice, Consumer<ChatEvent> events) {
    TaggedText text = texts.get(choice);
    if (text != null) {
      text.flush(events);
    }
  }
}
