/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.codec.openai.OpenAiChatFormat;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.util.IOHelper;
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
  static ChatRequest read(Exchange exchange, BodyFormat format, MediaLimit limit) {
    @Nullable Object body = exchange.getMessage().getBody();
    return switch (format) {
      case AUTO -> {
        ChatRequest request = typed(body);
        yield request != null ? request : mediaOrText(exchange, limit);
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
    List<Message> messages = listOf(Message.class, body);
    return messages.isEmpty() ? json(body) : ChatRequest.builder().messages(messages).build();
  }

  /** The elements of a list that holds nothing else; empty if the body is anything else. */
  static <T> List<T> listOf(Class<T> type, @Nullable Object body) {
    return body instanceof List<?> list && list.stream().allMatch(type::isInstance)
        ? list.stream().map(type::cast).toList()
        : List.of();
  }

  private static ChatRequest mediaOrText(Exchange exchange, MediaLimit limit) {
    List<Part> parts = MediaReader.read(exchange, limit);
    return parts.isEmpty()
        ? text(exchange)
        : ChatRequest.builder().message(new Message.User(parts, null)).build();
  }

  private static @Nullable ChatRequest json(@Nullable Object body) {
    return body == null ? null : OpenAiChatFormat.readIfJson(body).orElse(null);
  }

  private static ChatRequest text(Exchange exchange) {
    return ChatRequest.of(string(exchange));
  }

  /**
   * The body as text.
   *
   * @throws IllegalArgumentException if it cannot be read as one, or is blank
   */
  static String string(Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    String text = body == null ? "" : decoded(exchange, body);
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

  private static @Nullable String decoded(Exchange exchange, Object body) {
    String contentType = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, "", String.class);
    // Camel looks for a charset in properties and headers of its own only.
    boolean isTold =
        contentType.contains("charset=") && ExchangeHelper.getCharsetName(exchange, false) == null;
    return isTold && (body instanceof byte[] || body instanceof InputStream)
        ? new String(exchange.getMessage().getBody(byte[].class), charset(contentType))
        : exchange.getMessage().getBody(String.class);
  }

  private static Charset charset(String contentType) {
    try {
      return Charset.forName(IOHelper.getCharsetNameFromContentType(contentType));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(
          "The header Content-Type names a charset that is not known here. Correct or remove it.",
          unknown);
    }
  }

  /** Camel makes text of everything; a class name and a hash are no prompt. */
  private static boolean isIdentity(Object body, String text) {
    return text.equals(
        body.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(body)));
  }
}
