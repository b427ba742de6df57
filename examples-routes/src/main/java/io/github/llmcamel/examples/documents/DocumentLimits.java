/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

/**
 * How much of one document is taken into memory.
 *
 * @param maxFileBytes the largest file of another format than plain text, also when it is unpacked;
 *     at least 1
 * @param maxCharacters the longest text that is read whole, and the longest row of a file of rows,
 *     in UTF-16 units; at least 1
 */
public record DocumentLimits(long maxFileBytes, int maxCharacters) {

  /** 64 MiB, and a million characters. */
  public static final DocumentLimits DEFAULT = new DocumentLimits(64L << 20, 1_000_000);

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException if one is too small
   */
  public DocumentLimits {
    if (maxFileBytes < 1) {
      throw new IllegalArgumentException("maxFileBytes is " + maxFileBytes + "; at least 1.");
    }
    if (maxCharacters < 1) {
      throw new IllegalArgumentException("maxCharacters is " + maxCharacters + "; at least 1.");
    }
  }
}
