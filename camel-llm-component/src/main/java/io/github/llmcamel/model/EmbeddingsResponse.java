/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of some texts. Its {@code toString} names counts only, never content.
 *
 * @param model the model that answered, as the provider names it; null if it did not say
 * @param vectors one for each text, in their order; not empty ones, and all numbers finite
 * @param usage token counts, of the input alone; {@link Usage#UNKNOWN} if the provider sent none
 */
public record EmbeddingsResponse(@Nullable String model, List<float[]> vectors, Usage usage)
    implements ModelResponse {

  public EmbeddingsResponse {
    vectors = List.copyOf(vectors);
    Objects.requireNonNull(usage, "usage");
  }

  @Override
  public String toString() {
    return "EmbeddingsResponse[model=%s, vectors=%d]".formatted(model, vectors.size());
  }
}
