/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the answer is drawn. Every field may be absent, and what is absent is not sent: the
 * provider's default holds.
 *
 * @param temperature 0 and above; most providers stop at 2, Anthropic at 1
 * @param topP above 0, at most 1
 * @param topK 1 and above
 * @param maxTokens the most output tokens, 1 and above
 * @param stop texts that end the answer; empty if there are none
 * @param seed asks for a repeatable answer
 * @param frequencyPenalty -2 to 2
 * @param presencePenalty -2 to 2
 * @param choiceCount how many answers, 1 and above
 * @param reasoningEffort the provider's own word, such as {@code low}
 */
public record Sampling(
    @Nullable Double temperature,
    @Nullable Double topP,
    @Nullable Integer topK,
    @Nullable Integer maxTokens,
    List<String> stop,
    @Nullable Long seed,
    @Nullable Double frequencyPenalty,
    @Nullable Double presencePenalty,
    @Nullable Integer choiceCount,
    @Nullable String reasoningEffort) {

  /** Nothing set. */
  public static final Sampling NONE =
      new Sampling(null, null, null, null, List.of(), null, null, null, null, null);

  public Sampling {
    stop = List.copyOf(stop);
  }

  /** This one, with what it leaves absent taken from {@code fallback}. */
  public Sampling orElse(Sampling fallback) {
    return new Sampling(
        first(temperature, fallback.temperature),
        first(topP, fallback.topP),
        first(topK, fallback.topK),
        first(maxTokens, fallback.maxTokens),
        stop.isEmpty() ? fallback.stop : stop,
        first(seed, fallback.seed),
        first(frequencyPenalty, fallback.frequencyPenalty),
        first(presencePenalty, fallback.presencePenalty),
        first(choiceCount, fallback.choiceCount),
        first(reasoningEffort, fallback.reasoningEffort));
  }

  private static <T> @Nullable T first(@Nullable T value, @Nullable T fallback) {
    return value != null ? value : fallback;
  }
}
