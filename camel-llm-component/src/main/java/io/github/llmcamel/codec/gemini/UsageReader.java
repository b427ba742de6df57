/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.model.Usage;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the token counts of one answer. Confined to one call.
 *
 * <p>They are running totals, in most pieces of a stream but not in all. Google does not write a
 * count of 0.
 */
final class UsageReader {

  private @Nullable Long prompt;
  private @Nullable Long toolPrompt;
  private @Nullable Long candidates;
  private @Nullable Long thoughts;
  private @Nullable Long cached;
  private @Nullable Long total;

  /**
   * Reads a {@code usageMetadata} object; what is known now, or null if it says nothing.
   *
   * @param finished whether the answer is, so that what is not counted now has never been
   */
  @Nullable Usage read(JsonNode usage, boolean finished) {
    if (!saysSomething(usage)) {
      return null;
    }
    Long promptNow = Json.count(usage.path("promptTokenCount"));
    // No prompt has no tokens: gateways write 0 for what they do not know.
    prompt = promptNow != null && promptNow > 0 ? promptNow : prompt;
    toolPrompt = later(usage.path("toolUsePromptTokenCount"), toolPrompt);
    candidates = later(usage.path("candidatesTokenCount"), candidates);
    thoughts = later(usage.path("thoughtsTokenCount"), thoughts);
    cached = later(usage.path("cachedContentTokenCount"), cached);
    total = later(usage.path("totalTokenCount"), total);
    return new Usage(input(), output(finished), cached, null, thoughts, usage.toString());
  }

  private static boolean saysSomething(JsonNode usage) {
    return Stream.of(
            "promptTokenCount",
            "toolUsePromptTokenCount",
            "candidatesTokenCount",
            "thoughtsTokenCount",
            "totalTokenCount")
        .map(name -> Json.count(usage.path(name)))
        .anyMatch(count -> count != null && count > 0);
  }

  private @Nullable Long input() {
    return prompt == null ? null : prompt + orZero(toolPrompt);
  }

  private @Nullable Long output(boolean finished) {
    if (candidates != null || thoughts != null) {
      return orZero(candidates) + orZero(thoughts);
    }
    Long input = input();
    return finished && total != null && input != null && total >= input ? total - input : null;
  }

  private static @Nullable Long later(JsonNode node, @Nullable Long earlier) {
    Long count = Json.count(node);
    return count != null ? count : earlier;
  }

  private static long orZero(@Nullable Long count) {
    return Objects.requireNonNullElse(count, 0L);
  }
}
