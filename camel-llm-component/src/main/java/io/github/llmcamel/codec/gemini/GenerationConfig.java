/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

import io.github.llmcamel.codec.Inexpressible;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ResponseFormat;
import io.github.llmcamel.model.Sampling;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes how the answer is drawn and what form it has. */
final class GenerationConfig {

  private static final Set<String> THINKING_LEVELS = Set.of("MINIMAL", "LOW", "MEDIUM", "HIGH");

  private final Inexpressible inexpressible;
  private final Map<String, Object> config = new LinkedHashMap<>();

  GenerationConfig(Inexpressible inexpressible) {
    this.inexpressible = inexpressible;
  }

  /** The value of {@code generationConfig}; null where the user sets nothing. */
  @Nullable Map<String, Object> write(ChatRequest request) throws LlmRequestException {
    sampling(request.sampling());
    responseFormat(request.responseFormat());
    return config.isEmpty() ? null : config;
  }

  private void sampling(Sampling sampling) throws LlmRequestException {
    put("temperature", sampling.temperature());
    put("topP", sampling.topP());
    put("topK", sampling.topK());
    put("maxOutputTokens", sampling.maxTokens());
    put("stopSequences", sampling.stop().isEmpty() ? null : sampling.stop());
    put("seed", sampling.seed());
    put("presencePenalty", sampling.presencePenalty());
    put("frequencyPenalty", sampling.frequencyPenalty());
    put("candidateCount", sampling.choiceCount());
    put("thinkingConfig", thinking(sampling.reasoningEffort()));
  }

  private void responseFormat(@Nullable ResponseFormat format) {
    if (format != null && !(format instanceof ResponseFormat.Text)) {
      put("responseMimeType", "application/json");
    }
    if (format instanceof ResponseFormat.JsonSchema named) {
      put("responseJsonSchema", named.schema());
    }
  }

  private @Nullable Map<String, Object> thinking(@Nullable String effort)
      throws LlmRequestException {
    if (effort == null) {
      return null;
    }
    String level = effort.toUpperCase(Locale.ROOT);
    if (THINKING_LEVELS.contains(level)) {
      return Map.of("thinkingLevel", level);
    }
    inexpressible.refuse(
        "reasoningEffort",
        "is no thinking level of Gemini's. Use minimal, low, medium or high, or set"
            + " extra.generationConfig.thinkingConfig.thinkingBudget; 0 is off.");
    return null;
  }

  private void put(String name, @Nullable Object value) {
    if (value != null) {
      config.put(name, value);
    }
  }
}
