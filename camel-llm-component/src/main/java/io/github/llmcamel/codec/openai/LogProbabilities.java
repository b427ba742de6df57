/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.codec.TokenProbabilities;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.TokenProbability;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads and writes the member {@code logprobs} of a choice. */
final class LogProbabilities {

  private static final String CONTENT = "content";
  private static final String REFUSAL = "refusal";

  private LogProbabilities() {}

  static void read(JsonNode logprobs, int choice, Consumer<ChatEvent> events) {
    TokenProbabilities.read(logprobs.path(CONTENT), choice, events);
    TokenProbabilities.read(logprobs.path(REFUSAL), choice, events);
  }

  /** The member, with the tokens as those of a refusal or of the text. */
  static Map<String, @Nullable Object> write(List<TokenProbability> tokens, boolean ofRefusal) {
    Map<String, @Nullable Object> logprobs = new LinkedHashMap<>();
    List<?> written = elements(tokens, true);
    logprobs.put(CONTENT, ofRefusal ? null : written);
    logprobs.put(REFUSAL, ofRefusal ? written : null);
    return logprobs;
  }

  private static List<?> elements(List<TokenProbability> tokens, boolean withAlternatives) {
    List<Object> elements = new ArrayList<>(tokens.size());
    for (TokenProbability token : tokens) {
      Map<String, @Nullable Object> element = new LinkedHashMap<>();
      element.put("token", token.token());
      element.put("logprob", token.logProbability());
      element.put("bytes", token.bytes()); // clients demand it, and know it may be null
      if (withAlternatives) {
        element.put("top_logprobs", elements(token.alternatives(), false));
      }
      elements.add(element);
    }
    return elements;
  }
}
