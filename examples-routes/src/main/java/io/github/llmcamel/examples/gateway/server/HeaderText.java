/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

/** Text from elsewhere as the value of an HTTP header. */
final class HeaderText {

  private static final int LONGEST = 256;

  private HeaderText() {}

  /** The text, cut, with a question mark for whatever is not visible ASCII. */
  static String of(String text) {
    StringBuilder safe = new StringBuilder(Math.min(text.length(), LONGEST));
    text.chars()
        .limit(LONGEST)
        .forEach(
            character -> safe.append(character > ' ' && character < 127 ? (char) character : '?'));
    return safe.toString();
  }
}
