/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.TokenProbability;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads how likely tokens were, in the form that OpenAI and Ollama share. */
public final class TokenProbabilities {

  private TokenProbabilities() {}

  /** Reads a list of tokens; anything else says nothing. */
  public static void read(JsonNode tokens, int choice, Consumer<ChatEvent> events) {
    List<TokenProbability> read = list(tokens, true);
    if (!read.isEmpty()) {
      events.accept(new ChatEvent.TokensRated(choice, read));
    }
  }

  private static List<TokenProbability> list(JsonNode tokens, boolean withAlternatives) {
    List<TokenProbability> list = new ArrayList<>();
    for (JsonNode token : tokens) {
      JsonNode probability = token.path("logprob");
      // Minus infinity and NaN cannot be written again as JSON.
      if (probability.isNumber() && Double.isFinite(probability.doubleValue())) {
        list.add(
            new TokenProbability(
                token.path("token").asText(),
                probability.doubleValue(),
                withAlternatives ? list(token.path("top_logprobs"), false) : List.of(),
                bytes(token.path("bytes"))));
      }
    }
    return list;
  }

  private static @Nullable List<Integer> bytes(JsonNode bytes) {
    if (!bytes.isArray()) {
      return null;
    }
    List<Integer> read = new ArrayList<>(bytes.size());
    bytes.forEach(value -> read.add(value.asInt()));
    return read;
  }
}
