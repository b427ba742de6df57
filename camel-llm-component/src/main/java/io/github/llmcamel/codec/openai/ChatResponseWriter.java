/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.model.ChatResponse;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a response as a {@code chat.completion}, with every member that its clients demand. */
final class ChatResponseWriter {

  private ChatResponseWriter() {}

  static String write(ChatResponse response, CompletionDefaults defaults) {
    Instant created = first(response.created(), defaults.created());
    Map<String, @Nullable Object> completion = new LinkedHashMap<>();
    completion.put("id", first(response.id(), defaults.id()));
    completion.put("object", "chat.completion");
    completion.put("created", created.getEpochSecond());
    completion.put("model", first(response.model(), defaults.model()));
    completion.putAll(response.extras());
    List<Object> choices = new ArrayList<>(response.choices().size());
    response.choices().forEach(choice -> choices.add(choice(choice)));
    completion.put("choices", choices);
    Map<String, @Nullable Object> usage = UsageWriter.write(response.usage());
    put(completion, "usage", usage.isEmpty() ? null : usage);
    try {
      return Json.text(completion);
    } catch (JsonProcessingException impossible) {
      // Maps, lists, strings and numbers are all that is in it.
      throw new UncheckedIOException(impossible);
    }
  }

  private static Map<String, @Nullable Object> choice(ChatResponse.Choice choice) {
    boolean saysNothing =
        choice.text().isEmpty() && (choice.refusal() != null || !choice.toolCalls().isEmpty());
    Map<String, @Nullable Object> message = new LinkedHashMap<>();
    message.put("role", "assistant");
    message.put("content", saysNothing ? null : choice.text());
    put(message, "reasoning_content", choice.reasoning());
    message.put("refusal", choice.refusal());
    if (!choice.toolCalls().isEmpty()) {
      message.put("tool_calls", MessageWriter.toolCalls(choice.toolCalls()));
    }
    message.putAll(choice.messageExtras());
    put(message, Annotations.MEMBER, annotations(choice));
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    written.put("index", choice.index());
    written.put("message", message);
    written.put("logprobs", logProbabilities(choice));
    written.put(
        "finish_reason", FinishReasons.write(choice.finishReason(), !choice.toolCalls().isEmpty()));
    written.putAll(choice.extras());
    return written;
  }

  /** The citations, and what else the provider has said of the text; null if there is none. */
  private static @Nullable Object annotations(ChatResponse.Choice choice) {
    List<Object> annotations = new ArrayList<>(Annotations.write(choice.citations()));
    if (choice.messageExtras().get(Annotations.MEMBER) instanceof List<?> others) {
      annotations.addAll(others);
      return annotations;
    }
    return annotations.isEmpty() ? null : annotations;
  }

  private static @Nullable Object logProbabilities(ChatResponse.Choice choice) {
    boolean ofRefusal = choice.text().isEmpty() && choice.refusal() != null;
    return choice.logProbabilities().isEmpty()
        ? null
        : LogProbabilities.write(choice.logProbabilities(), ofRefusal);
  }

  private static <T> T first(@Nullable T value, T otherwise) {
    return value != null ? value : otherwise;
  }

  private static void put(
      Map<String, @Nullable Object> object, String name, @Nullable Object value) {
    if (value != null) {
      object.put(name, value);
    }
  }
}
