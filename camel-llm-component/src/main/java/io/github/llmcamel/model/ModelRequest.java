/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import org.jspecify.annotations.Nullable;

/** What a provider is asked. */
public sealed interface ModelRequest permits ChatRequest, EmbeddingsRequest, ModelsRequest {

  /** The provider's name of the model; null if none is named. */
  @Nullable String model();
}
