/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.model.Usage;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the token counts of one message. Confined to one call.
 *
 * <p>They come at the beginning and again at the end, each time a part of them. A count that comes
 * again replaces the earlier one, which may have been an estimate.
 */
final class UsageReader {

  private @Nullable Long input;
  private @Nullable Long cached;
  private @Nullable Long cacheWrite;
  private @Nullable Long output;
  private @Nullable Long thinking;

  /** Reads a {@code usage} object; what is known now, or null if it says nothing. */
  @Nullable Usage read(JsonNode usage) {
    if (!saysSomething(usage)) {
      return null;
    }
    input = later(usage.path("input_tokens"), input);
    cached = later(usage.path("cache_read_input_tokens"), cached);
    cacheWrite = later(usage.path("cache_creation_input_tokens"), cacheWrite);
    output = later(usage.path("output_tokens"), output);
    thinking = later(usage.path("output_tokens_details").path("thinking_tokens"), thinking);
    return new Usage(totalInput(), output, cached, cacheWrite, thinking, usage.toString());
  }

  /** No prompt has no tokens: all zeros is what gateways send before they know. */
  private static boolean saysSomething(JsonNode usage) {
    boolean onlyZeros =
        Stream.of(
                "input_tokens",
                "cache_read_input_tokens",
                "cache_creation_input_tokens",
                "output_tokens")
            .map(name -> Json.count(usage.path(name)))
            .allMatch(count -> count == null || count == 0);
    boolean countsInput = usage.hasNonNull("input_tokens");
    return usage.isObject() && !usage.isEmpty() && !(countsInput && onlyZeros);
  }

  /** Anthropic counts apart what went through its cache. */
  private @Nullable Long totalInput() {
    return input == null ? null : input + orZero(cached) + orZero(cacheWrite);
  }

  private static @Nullable Long later(JsonNode node, @Nullable Long earlier) {
    Long count = Json.count(node);
    return count != null ? count : earlier;
  }

  private static long orZero(@Nullable Long count) {
    return Objects.requireNonNullElse(count, 0L);
  }
}
