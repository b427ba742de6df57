/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One turn of a conversation. */
public sealed interface Message {

  /** The pieces of this message in order; empty if it has none. */
  List<Part> parts();

  /** All text pieces joined, without a separator; empty if there are none. */
  default String text() {
    if (parts().size() == 1 && parts().get(0) instanceof Part.Text only) {
      return only.text();
    }
    return parts().stream()
        .filter(Part.Text.class::isInstance)
        .map(part -> ((Part.Text) part).text())
        .collect(Collectors.joining());
  }

  /** Instructions to the model. */
  record System(List<Part> parts) implements Message {
    public System {
      parts = List.copyOf(parts);
    }
  }

  /**
   * What the user says.
   *
   * @param name tells several users apart; null if there is one
   */
  record User(List<Part> parts, @Nullable String name) implements Message {
    public User {
      parts = List.copyOf(parts);
    }
  }

  /** What the model said, with the tools it asked for; either may be empty. */
  record Assistant(List<Part> parts, List<ToolCall> toolCalls) implements Message {
    public Assistant {
      parts = List.copyOf(parts);
      toolCalls = List.copyOf(toolCalls);
    }
  }

  /**
   * The result of a tool.
   *
   * @param toolCallId the id of the {@link ToolCall} it answers
   * @param name the tool's name; null if the caller did not say
   */
  record ToolResult(String toolCallId, @Nullable String name, List<Part> parts) implements Message {
    public ToolResult {
      Objects.requireNonNull(toolCallId, "toolCallId");
      parts = List.copyOf(parts);
    }
  }

  /** A system message of one text. */
  static Message system(String text) {
    return new System(List.of(new Part.Text(text)));
  }

  /** A user message of one text. */
  static Message user(String text) {
    return new User(List.of(new Part.Text(text)), null);
  }

  /** An assistant message of one text. */
  static Message assistant(String text) {
    return new Assistant(List.of(new Part.Text(text)), List.of());
  }
}
