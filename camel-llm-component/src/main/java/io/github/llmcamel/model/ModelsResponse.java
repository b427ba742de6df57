/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The models that a provider has.
 *
 * @param models in the provider's order
 * @param nextPage where the rest of them is, in the provider's own word; null if these are all
 */
public record ModelsResponse(List<ModelInfo> models, @Nullable String nextPage)
    implements ModelResponse {

  public ModelsResponse {
    models = List.copyOf(models);
  }

  /** No model has answered. */
  @Override
  public @Nullable String model() {
    return null;
  }

  /** A list costs no tokens. */
  @Override
  public Usage usage() {
    return Usage.UNKNOWN;
  }
}
