/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import org.jspecify.annotations.Nullable;

/**
 * A source that an answer names. What the provider does not say is null.
 *
 * @param url where the source is
 * @param title what the source is called
 * @param quote the words of the source that are meant
 * @param start where the text begins that rests on the source: an index of a character in the text
 *     of the answer as the provider sent it
 * @param end where that text ends, exclusive
 * @param raw the citation as the provider sent it, as JSON text
 */
public record Citation(
    @Nullable String url,
    @Nullable String title,
    @Nullable String quote,
    @Nullable Integer start,
    @Nullable Integer end,
    @Nullable String raw) {

  @Override
  public String toString() {
    return "Citation[start=%s, end=%s]".formatted(start, end);
  }
}
