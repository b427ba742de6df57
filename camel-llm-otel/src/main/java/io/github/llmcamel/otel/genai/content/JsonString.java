/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

/** How long a text is as a JSON string, and how it is cut to a length. */
final class JsonString {

  private static final String ELLIPSIS = "…";
  private static final int SHORT_ESCAPE = 2;
  private static final int LONG_ESCAPE = 6;

  private JsonString() {}

  /** Its characters between the quotes. */
  static long length(String text) {
    long length = 0;
    for (int i = 0; i < text.length(); i++) {
      length += length(text.charAt(i));
    }
    return length;
  }

  /** As much of its beginning as has this length, with an ellipsis at its end if it was longer. */
  static String cut(String text, long maxLength) {
    long length = 0;
    int end = 0;
    for (int i = 0; i < text.length(); i++) {
      length += length(text.charAt(i));
      if (length > maxLength) {
        return maxLength < ELLIPSIS.length() ? "" : text.substring(0, whole(text, end)) + ELLIPSIS;
      }
      if (length <= maxLength - ELLIPSIS.length()) {
        end = i + 1;
      }
    }
    return text;
  }

  /** Never between the halves of a code point. */
  private static int whole(String text, int end) {
    boolean splits =
        end > 0
            && Character.isHighSurrogate(text.charAt(end - 1))
            && Character.isLowSurrogate(text.charAt(end));
    return splits ? end - 1 : end;
  }

  private static int length(char character) {
    return switch (character) {
      case '"', '\\', '\b', '\t', '\n', '\f', '\r' -> SHORT_ESCAPE;
      default -> character < ' ' ? LONG_ESCAPE : 1;
    };
  }
}
