/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

/** Text that may be the inside of JSON strings, where an escape runs into the word after it. */
final class EscapedText {

  private static final int UNICODE_ESCAPE = 5;

  private EscapedText() {}

  /** Where a word really starts that seems to start at {@code start}: after an escape's letter. */
  static int wordStart(String text, int start, int end) {
    boolean isEscaped = start > 0 && start < end && text.charAt(start - 1) == '\\';
    if (!isEscaped) {
      return start;
    }
    int letters = text.charAt(start) == 'u' ? UNICODE_ESCAPE : 1;
    return Math.min(start + letters, end);
  }
}
