/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.codec.openai.OpenAiChatFormat;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.Message;
import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Reads a message body as a request. */
final class BodyReader {

  private BodyReader() {}

  /**
   * Reads the body.
   *
   * @throws IllegalArgumentException if it is not what {@code format} says; its message never
   *     quotes the body
   */
  static ChatRequest read(Exchange exchange, BodyFormat format) {
    @Nullable Object body = exchange.getMessage().getBody();
    return switch (format) {
      case AUTO -> {
        ChatRequest request = typed(body);
        yield request != null ? request : text(exchange);
      }
      case TEXT -> text(exchange);
      case OPENAI -> {
        ChatRequest request = json(body);
        yield request != null ? request : OpenAiChatFormat.read(string(exchange));
      }
    };
  }

  /** The request that the body is by its type; null if it is anything else. */
  static @Nullable ChatRequest typed(@Nullable Object body) {
    if (body instanceof ChatRequest request) {
      return request;
    }
    if (body instanceof List<?> list
        && !list.isEmpty()
        && list.stream().allMatch(Message.class::isInstance)) {
      return ChatRequest.builder()
          .messages(list.stream().map(Message.class::cast).toList())
          .build();
    }
    return json(body);
  }

  private static @Nullable ChatRequest json(@Nullable Object body) {
    return body == null ? null : OpenAiChatFormat.readIfJson(body).orElse(null);
  }

  private static ChatRequest text(Exchange exchange) {
    return ChatRequest.of(string(exchange));
  }

  private static String string(Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    String text = body == null ? "" : exchange.getMessage().getBody(String.class);
    if (body != null && (text == null || isIdentity(body, text))) {
      throw new IllegalArgumentException(
          "The body is a %s, which cannot be read as text. Convert it before the call."
              .formatted(body.getClass().getName()));
    }
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException(
          "The body is empty: there is nothing to ask. Give it a text or set the option"
              + " userMessage.");
    }
    return text;
  }

  /** Camel makes text of everything; a class name and a hash are no prompt. */
  private static boolean isIdentity(Object body, String text) {
    return text.equals(
        body.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(body)));
  }
}
