/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import org.jspecify.annotations.Nullable;

/** What a provider answers, to each kind of {@link ModelRequest} its own. */
public sealed interface ModelResponse permits ChatResponse, EmbeddingsResponse, ModelsResponse {

  /** The model that answered, as the provider names it; null if it did not say. */
  @Nullable String model();

  /** Token counts; {@link Usage#UNKNOWN} if the provider sent none. */
  Usage usage();
}
