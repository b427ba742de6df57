/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import org.jspecify.annotations.Nullable;

/**
 * Token counts of one call, brought to one meaning for all providers. Each is null when the
 * provider did not say; unknown is never 0.
 *
 * @param inputTokens all input, cached tokens included
 * @param outputTokens all output, reasoning included
 * @param cachedInputTokens the part of the input that came from the provider's cache
 * @param cacheWriteInputTokens the part of the input that was written to the provider's cache
 * @param reasoningTokens the part of the output that was reasoning
 * @param raw the provider's usage object as JSON text, untouched
 */
public record Usage(
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    @Nullable Long cachedInputTokens,
    @Nullable Long cacheWriteInputTokens,
    @Nullable Long reasoningTokens,
    @Nullable String raw) {

  /** Nothing known. */
  public static final Usage UNKNOWN = new Usage(null, null, null, null, null, null);

  /**
   * These counts, with what they leave open taken from {@code earlier}: providers report running
   * totals, so the last known value of each counts.
   */
  public Usage over(Usage earlier) {
    return new Usage(
        first(inputTokens, earlier.inputTokens),
        first(outputTokens, earlier.outputTokens),
        first(cachedInputTokens, earlier.cachedInputTokens),
        first(cacheWriteInputTokens, earlier.cacheWriteInputTokens),
        first(reasoningTokens, earlier.reasoningTokens),
        first(raw, earlier.raw));
  }

  /**
   * These counts and those of another call, added up. What one of them does not know is unknown,
   * and so is {@code raw}.
   */
  public Usage plus(Usage other) {
    return new Usage(
        sum(inputTokens, other.inputTokens),
        sum(outputTokens, other.outputTokens),
        sum(cachedInputTokens, other.cachedInputTokens),
        sum(cacheWriteInputTokens, other.cacheWriteInputTokens),
        sum(reasoningTokens, other.reasoningTokens),
        null);
  }

  private static @Nullable Long sum(@Nullable Long some, @Nullable Long more) {
    return some == null || more == null ? null : Long.valueOf(some + more);
  }

  private static <T> @Nullable T first(@Nullable T value, @Nullable T fallback) {
    return value != null ? value : fallback;
  }
}
