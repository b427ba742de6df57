/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.Members;
import io.github.llmcamel.model.Usage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes token counts: as they came, where they came in this form, with what is known over it. */
final class UsageWriter {

  private static final String INPUT = "prompt_tokens";
  private static final String OUTPUT = "completion_tokens";

  private UsageWriter() {}

  /** The members that are known; empty if none is. */
  static Map<String, @Nullable Object> write(Usage usage) {
    JsonNode asItCame = Json.objectOrEmpty(usage.raw());
    boolean isOurs = asItCame.has(INPUT) || asItCame.has(OUTPUT);
    Map<String, @Nullable Object> known = known(usage);
    return isOurs
        ? Members.merged((Map<?, ?>) Objects.requireNonNull(Json.toJdk(asItCame)), known)
        : known;
  }

  private static Map<String, @Nullable Object> known(Usage usage) {
    Long input = usage.inputTokens();
    Long output = usage.outputTokens();
    Map<String, @Nullable Object> inputDetails = new LinkedHashMap<>();
    put(inputDetails, "cached_tokens", usage.cachedInputTokens());
    put(inputDetails, "cache_write_tokens", usage.cacheWriteInputTokens());
    Map<String, @Nullable Object> outputDetails = new LinkedHashMap<>();
    put(outputDetails, "reasoning_tokens", usage.reasoningTokens());
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    put(written, INPUT, input);
    put(written, OUTPUT, output);
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
