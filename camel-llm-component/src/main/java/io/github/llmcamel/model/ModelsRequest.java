/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import org.jspecify.annotations.Nullable;

/**
 * Asks which models there are.
 *
 * @param page where to go on, as {@link ModelsResponse#nextPage()} said; null for the first page
 */
public record ModelsRequest(@Nullable String page) implements ModelRequest {

  /** Of no model in particular. */
  @Override
  public @Nullable String model() {
    return null;
  }
}
