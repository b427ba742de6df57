/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One turn of a conversation. */
public sealed interface Message {

  /**
   * Further members of this message as JSON values of the JDK, in OpenAI's form, such as {@code
   * reasoning_content}. They win over what the rest of it would say, an object completes one that
   * is there, and only a provider that speaks OpenAI's protocol is sent them. Empty if there are
   * none.
   */
  Map<String, Object> extras();

  /** The same message with these extras. */
  Message withExtras(Map<String, Object> further);

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
  record System(List<Part> parts, Map<String, Object> extras) implements Message {
    public System {
      parts = List.copyOf(parts);
      extras = Extras.copyOf(extras);
    }

    /** Instructions of these pieces alone. */
    public System(List<Part> parts) {
      this(parts, Map.of());
    }

    @Override
    public System withExtras(Map<String, Object> further) {
      return new System(parts, further);
    }
  }

  /**
   * What the user says.
   *
   * @param name tells several users apart; null if there is one
   */
  record User(List<Part> parts, @Nullable String name, Map<String, Object> extras)
      implements Message {
    public User {
      parts = List.copyOf(parts);
      extras = Extras.copyOf(extras);
    }

    /** What a user says, and nothing else of it. */
    public User(List<Part> parts, @Nullable String name) {
      this(parts, name, Map.of());
    }

    @Override
    public User withExtras(Map<String, Object> further) {
      return new User(parts, name, further);
    }
  }

  /** What the model said, with the tools it asked for; either may be empty. */
  record Assistant(List<Part> parts, List<ToolCall> toolCalls, Map<String, Object> extras)
      implements Message {
    public Assistant {
      parts = List.copyOf(parts);
      toolCalls = List.copyOf(toolCalls);
      extras = Extras.copyOf(extras);
    }

    /** What the model said, and nothing else of it. */
    public Assistant(List<Part> parts, List<ToolCall> toolCalls) {
      this(parts, toolCalls, Map.of());
    }

    @Override
    public Assistant withExtras(Map<String, Object> further) {
      return new Assistant(parts, toolCalls, further);
    }
  }

  /**
   * The result of a tool.
   *
   * @param toolCallId the id of the {@link ToolCall} it answers
   * @param name the tool's name; null if the caller did not say
   */
  record ToolResult(
      String toolCallId, @Nullable String name, List<Part> parts, Map<String, Object> extras)
      implements Message {
    public ToolResult {
      Objects.requireNonNull(toolCallId, "toolCallId");
      parts = List.copyOf(parts);
      extras = Extras.copyOf(extras);
    }

    /** A result, and nothing else of it. */
    public ToolResult(String toolCallId, @Nullable String name, List<Part> parts) {
      this(toolCallId, name, parts, Map.of());
    }

    @Override
    public ToolResult withExtras(Map<String, Object> further) {
      return new ToolResult(toolCallId, name, parts, further);
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
