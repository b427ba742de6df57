/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.model.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Token counts, wherever a server puts them.
 *
 * <p>Asked for several choices, llama.cpp counts the output of one, streamed or not. Nothing in its
 * answer tells how much the others were, so its number is passed on as it is.
 */
final class UsageReader {

  private UsageReader() {}

  /** The counts of a chunk or a whole answer; null if there are none. */
  static @Nullable Usage find(JsonNode chunk) {
    JsonNode usage = chunk.path("usage");
    if (!saysSomething(usage)) {
      usage = chunk.path("x_groq").path("usage");
    }
    if (!saysSomething(usage)) {
      usage = chunk.path("choices").path(0).path("usage");
    }
    return saysSomething(usage) ? read(usage) : null;
  }

  /** No prompt has no tokens: all zeros is what gateways send for "unknown". */
  private static boolean saysSomething(JsonNode usage) {
    Long input = Json.wholeNumber(usage.path("prompt_tokens"));
    Long output = Json.wholeNumber(usage.path("completion_tokens"));
    boolean allZero = input != null && input == 0 && output != null && output == 0;
    return usage.isObject() && !usage.isEmpty() && !allZero;
  }

  private static Usage read(JsonNode usage) {
    Long input = Json.count(usage.path("prompt_tokens"));
    Long total = Json.count(usage.path("total_tokens"));
    Long reasoning = Json.count(usage.path("completion_tokens_details").path("reasoning_tokens"));
    return new Usage(
        input,
        output(input, Json.count(usage.path("completion_tokens")), reasoning, total),
        first(
            usage.path("prompt_tokens_details").path("cached_tokens"),
            usage.path("prompt_token_details").path("cached_tokens"),
            usage.path("prompt_cache_hit_tokens"),
            usage.path("num_cached_tokens"),
            usage.path("cached_tokens")),
        first(
            usage.path("prompt_tokens_details").path("cache_write_tokens"),
            usage.path("prompt_tokens_details").path("created_cache_tokens")),
        reasoning,
        usage.toString());
  }

  /** The total tells whether a server, such as xAI's, counts reasoning apart from the output. */
  private static @Nullable Long output(
      @Nullable Long input, @Nullable Long output, @Nullable Long reasoning, @Nullable Long total) {
    if (input == null || total == null) {
      return output;
    }
    if (output == null) {
      return total >= input ? Long.valueOf(total - input) : null;
    }
    return reasoning != null && total == input + output + reasoning
        ? Long.valueOf(output + reasoning)
        : output;
  }

  private static @Nullable Long first(JsonNode... candidates) {
    for (JsonNode candidate : candidates) {
      Long count = Json.count(candidate);
      if (count != null) {
        return count;
      }
    }
    return null;
  }
}
