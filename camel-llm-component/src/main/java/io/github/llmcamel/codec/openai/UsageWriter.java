/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import io.github.llmcamel.model.Usage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes token counts. */
final class UsageWriter {

  private UsageWriter() {}

  /** The members that are known; empty if none is. */
  static Map<String, @Nullable Object> write(Usage usage) {
    Long input = usage.inputTokens();
    Long output = usage.outputTokens();
    Map<String, @Nullable Object> inputDetails = new LinkedHashMap<>();
    put(inputDetails, "cached_tokens", usage.cachedInputTokens());
    put(inputDetails, "cache_write_tokens", usage.cacheWriteInputTokens());
    Map<String, @Nullable Object> outputDetails = new LinkedHashMap<>();
    put(outputDetails, "reasoning_tokens", usage.reasoningTokens());
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    put(written, "prompt_tokens", input);
    put(written, "completion_tokens", output);
    put(written, "total_tokens", input == null || output == null ? null : input + output);
    put(written, "prompt_tokens_details", inputDetails.isEmpty() ? null : inputDetails);
    put(written, "completion_tokens_details", outputDetails.isEmpty() ? null : outputDetails);
    return written;
  }

  private static void put(
      Map<String, @Nullable Object> object, String name, @Nullable Object value) {
    if (value != null) {
      object.put(name, value);
    }
  }
}
