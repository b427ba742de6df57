/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts tokens in the simulator's own, simple way.
 *
 * <p>One token is a run of letters, digits and the marks on them, or one ideograph, or one other
 * code point, each with the white space before it; the last one also takes the white space behind
 * it. A text of white space alone is one token, an empty one has none. Joined, tokens are the text.
 */
final class Tokens {

  /** What a message costs beside its text. */
  static final int PER_MESSAGE = 4;

  private Tokens() {}

  static int count(String text) {
    int count = 0;
    for (int at = 0; at < text.length(); at = end(text, at)) {
      count++;
    }
    return count;
  }

  static List<String> split(String text) {
    List<String> tokens = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = end(text, at);
      tokens.add(text.substring(at, end));
      at = end;
    }
    return tokens;
  }

  private static int end(String text, int start) {
    int at = skipSpace(text, start);
    if (at == text.length()) {
      return at;
    }
    int first = text.codePointAt(at);
    at += Character.charCount(first);
    if (isWordPart(first)) {
      while (at < text.length() && isWordPart(text.codePointAt(at))) {
        at += Character.charCount(text.codePointAt(at));
      }
    }
    return skipSpace(text, at) == text.length() ? text.length() : at;
  }

  private static int skipSpace(String text, int start) {
    int at = start;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static boolean isWordPart(int codePoint) {
    if (Character.isIdeographic(codePoint)) {
      return false;
    }
    int type = Character.getType(codePoint);
    return Character.isLetterOrDigit(codePoint)
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }
}
