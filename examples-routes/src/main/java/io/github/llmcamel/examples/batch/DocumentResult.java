/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one document: one line of {@code results.jsonl}. What is null is left out.
 *
 * @param error why it failed; null if it did not
 * @param inputTokens over all stages; null if a provider did not say
 * @param outputTokens over all stages; null if a provider did not say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
  "document",
  "label",
  "summary",
  "fields",
  "error",
  "inputTokens",
  "outputTokens"
})
record DocumentResult(
    String document,
    @Nullable String label,
    @Nullable String summary,
    @Nullable Map<String, Object> fields,
    @Nullable String error,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens) {

  static DocumentResult failed(String document, String reason) {
    return new DocumentResult(document, null, null, null, reason, null, null);
  }

  boolean isFailed() {
    return error != null;
  }
}
