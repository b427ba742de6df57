/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.EmbeddingsRequest;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.ModelRequest;
import io.github.llmcamel.model.ModelResponse;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.provider.Protocol;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call whose contents may be recorded. Prints no content.
 *
 * @param response what was received, complete or not; null if nothing was
 * @param errorMessage says what failed; null if there is nothing to say
 * @param span the call's; not recording if it is not sampled
 */
public record EndedCall(
    Protocol protocol,
    ModelRequest request,
    @Nullable ModelResponse response,
    @Nullable String errorMessage,
    Span span) {
  public EndedCall {
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(span, "span");
  }

  /** About how many characters it keeps: of texts, media, and arguments of tools. */
  long characters() {
    long characters = 0;
    if (request instanceof ChatRequest chat) {
      for (Message message : chat.messages()) {
        characters += parts(message.parts());
        if (message instanceof Message.Assistant assistant) {
          characters += arguments(assistant.toolCalls());
        }
      }
    } else if (request instanceof EmbeddingsRequest embeddings) {
      characters += embeddings.inputs().stream().mapToLong(String::length).sum();
    }
    if (response instanceof ChatResponse chat) {
      for (ChatResponse.Choice choice : chat.choices()) {
        characters += choice.text().length() + arguments(choice.toolCalls());
      }
    }
    return characters;
  }

  private static long parts(List<Part> parts) {
    return parts.stream().mapToLong(EndedCall::length).sum();
  }

  private static long length(Part part) {
    if (part instanceof Part.Text text) {
      return text.text().length();
    }
    if (part instanceof Part.Media media) {
      return media.url().length();
    }
    return part instanceof Part.Opaque opaque ? opaque.json().length() : 0;
  }

  private static long arguments(List<ToolCall> calls) {
    return calls.stream().mapToLong(call -> call.arguments().length()).sum();
  }

  @Override
  public String toString() {
    return "EndedCall[protocol=%s]".formatted(protocol);
  }
}
