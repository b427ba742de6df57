/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

/** Options that are a number. */
final class OptionNumber {

  private OptionNumber() {}

  /** A number out of range, for a message: Camel makes 0 of a text that is none. */
  static String shown(Number value) {
    return value.doubleValue() == 0
        ? value + " (which is also what a text that is no number counts as)"
        : value.toString();
  }
}
