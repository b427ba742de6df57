/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import org.jspecify.annotations.Nullable;

/**
 * What a row of a CSV or JSON Lines file is made of: names of columns, or of members of the object.
 *
 * @param text holds the text; null takes the whole row, as JSON
 * @param id tells the row from all others of its file, which is up to the file; null takes its
 *     number, which another row has once one before it is removed
 */
public record RowFields(@Nullable String text, @Nullable String id) {

  /** The whole row, by its number. */
  public static final RowFields WHOLE = new RowFields(null, null);
}
