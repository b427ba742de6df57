/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.provider;

import java.util.Objects;

/**
 * A key or token. Prints as {@code ***}; only {@link #value()} shows it.
 *
 * @param value never empty
 */
public record Secret(String value) {
  public Secret {
    Objects.requireNonNull(value, "value");
    if (value.isEmpty()) {
      throw new IllegalArgumentException("A secret is not empty: leave it out instead.");
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
