/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.provider;

import java.util.Objects;

/** How a provider wants to be shown the key. The key itself is a {@link Secret}, kept apart. */
public sealed interface Auth {

  /** {@code Authorization: Bearer <key>}. */
  record Bearer() implements Auth {}

  /**
   * A header of its own that holds nothing but the key.
   *
   * @param header such as {@code x-api-key}
   */
  record HeaderKey(String header) implements Auth {
    public HeaderKey {
      Objects.requireNonNull(header, "header");
    }
  }

  /** No key. */
  record None() implements Auth {}
}
