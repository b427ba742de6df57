/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's chat format where it is a message body rather than a call to a provider: what a gateway
 * is sent, and what it answers.
 *
 * <p>Reading keeps all that is said: what {@link ChatRequest} has no place for becomes an extra of
 * the request, the message, the call or the tool it is part of. Only {@code stream} and {@code
 * stream_options.include_usage} are dropped: the endpoint decides how an answer travels.
 *
 * <p>Problems are told with the member's name and a cure, never with content.
 */
public final class OpenAiChatFormat {

  private OpenAiChatFormat() {}

  /**
   * Reads a request from JSON text.
   *
   * @throws IllegalArgumentException if it is not JSON or not a chat request
   */
  public static ChatRequest read(String json) {
    try {
      return ChatRequestReader.read(Json.read(json));
    } catch (StreamConstraintsException e) {
      throw new IllegalArgumentException(
          "The body is nested too deep or has too long a number%s: nest at most %d levels, with"
                  .formatted(Json.place(e), Json.MAX_DEPTH)
              + " numbers of at most %d digits.".formatted(Json.MAX_DIGITS));
    } catch (JsonProcessingException e) {
      // The cause stays out: it quotes the text.
      throw new IllegalArgumentException(
          "The body is not JSON%s: send a chat request such as {\"messages\": […]}, or text with"
                  .formatted(Json.place(e))
              + " another bodyFormat.");
    }
  }

  /**
   * Reads a request from a map of JDK values or a JSON tree.
   *
   * @return empty if the value is neither
   * @throws IllegalArgumentException if it is not a chat request
   */
  public static Optional<ChatRequest> readIfJson(Object value) {
    if (value instanceof Map<?, ?> map) {
      return Optional.of(ChatRequestReader.read(tree(map)));
    }
    return value instanceof JsonNode json
        ? Optional.of(ChatRequestReader.read(json))
        : Optional.empty();
  }

  /**
   * The same request with the extras that have a place of their own in it, such as {@code tools}
   * and {@code response_format}, in that place.
   */
  public static ChatRequest typed(ChatRequest request) {
    return TypedMembers.read(request);
  }

  /**
   * Writes a complete response as the JSON text of a {@code chat.completion}.
   *
   * @param defaults what it says where the response does not
   */
  public static String write(ChatResponse response, CompletionDefaults defaults) {
    return ChatResponseWriter.write(response, defaults);
  }

  /**
   * Writes the events of one answer as the JSON text of {@code chat.completion.chunk}s. Confined to
   * one answer.
   *
   * @param defaults what the chunks say where the events do not
   */
  public static ChunkWriter chunkWriter(CompletionDefaults defaults) {
    return new ChunkWriter(defaults);
  }

  /** Writes a failure as OpenAI does, in a stream or as a body of its own. */
  public static String writeError(LlmException failure) {
    Map<String, @Nullable Object> error = new LinkedHashMap<>();
    error.put("message", failure.getMessage());
    error.put("type", failure.getErrorType());
    error.put("code", failure.getCode());
    try {
      return Json.text(Map.of("error", error));
    } catch (JsonProcessingException impossible) {
      // Strings are all that is in it.
      throw new UncheckedIOException(impossible);
    }
  }

  private static JsonNode tree(Map<?, ?> json) {
    try {
      return Json.toTree(json);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The body holds a value that JSON cannot express: use maps, lists, strings, numbers,"
              + " booleans and null.");
    }
  }
}
