/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

/** Replaces e-mail addresses. Takes time in proportion to the text. */
final class EmailRedactor implements ContentRedactor {

  static final String REPLACEMENT = "[redacted e-mail]";

  private static final int MAX_LOCAL = 64;
  private static final int MAX_DOMAIN = 253;

  @Override
  public String redact(ContentKind kind, String text) {
    if (kind == ContentKind.MEDIA) {
      return text;
    }
    StringBuilder redacted = new StringBuilder();
    int done = 0;
    for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      int start = start(text, done, at);
      int end = end(text, at + 1);
      if (start < at && end > at + 1) {
        redacted.append(text, done, start).append(REPLACEMENT);
        done = end;
      }
    }
    return redacted.append(text, done, text.length()).toString();
  }

  private static int start(String text, int from, int at) {
    int start = at;
    int least = Math.max(from, at - MAX_LOCAL);
    while (start > least && isLocal(text.charAt(start - 1))) {
      start--;
    }
    return EscapedText.wordStart(text, start, at);
  }

  private static boolean isLocal(char character) {
    return Character.isLetterOrDigit(character) || "._%+-!#$&*=~".indexOf(character) >= 0;
  }

  /** Where the domain ends; {@code from} if there is none, which has a dot. */
  private static int end(String text, int from) {
    int end = from;
    int lastDot = -1;
    int most = Math.min(text.length(), from + MAX_DOMAIN);
    while (end < most && isDomain(text.charAt(end))) {
      if (text.charAt(end) == '.') {
        lastDot = end;
      }
      end++;
    }
    // A dot at the end is the sentence's.
    while (end > from && !Character.isLetterOrDigit(text.charAt(end - 1))) {
      end--;
    }
    return lastDot > from && text.lastIndexOf('.', end - 1) > from ? end : from;
  }

  private static boolean isDomain(char character) {
    return Character.isLetterOrDigit(character) || character == '.' || character == '-';
  }
}
