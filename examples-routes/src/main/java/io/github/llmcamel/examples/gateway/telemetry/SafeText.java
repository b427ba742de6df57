/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.telemetry;

/** Text from outside, made harmless for logs and whatever reads them. */
final class SafeText {

  private static final int MAX_LENGTH = 128;
  private static final String SAFE_MARKS = "-._~:/@+,;%#*()[]{}";

  private SafeText() {}

  /**
   * The first 128 characters of {@code text}, with a {@code _} for each one that could end a line,
   * a value or a quotation, steer a terminal, or look like another: all but ASCII letters, digits
   * and a few marks.
   */
  static String of(String text) {
    int length = Math.min(text.length(), MAX_LENGTH);
    StringBuilder safe = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      safe.append(isSafe(text.charAt(i)) ? text.charAt(i) : '_');
    }
    return safe.toString();
  }

  private static boolean isSafe(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || SAFE_MARKS.indexOf(c) >= 0;
  }
}
