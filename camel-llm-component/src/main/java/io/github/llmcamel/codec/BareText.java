/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

/**
 * Reads a text without what changes when somebody quotes it: blanks, quotation marks, and the
 * escapes of JSON and Python. Confined to one thread.
 */
final class BareText {

  private static final int END = -1;

  private final String text;
  private int start;
  private int end;

  BareText(String text) {
    this.text = text;
  }

  /** The next character that counts; -1 if there is none left. */
  int read() {
    while (end < text.length()) {
      start = end;
      char c = text.charAt(end++);
      if (c == '\\') {
        c = escaped();
      }
      if (counts(c)) {
        return c;
      }
    }
    return END;
  }

  /** Where in the text the character begins that was read last. */
  int start() {
    return start;
  }

  /** Where in the text the character ends that was read last. */
  int end() {
    return end;
  }

  /** What an escape stands for, escaped once or more; a blank if the backslashes mean nothing. */
  private char escaped() {
    while (end < text.length() && text.charAt(end) == '\\') {
      end++;
    }
    if (end == text.length()) {
      return ' ';
    }
    return switch (text.charAt(end)) {
      case 'n', 'r', 't', 'b', 'f' -> {
        end++;
        yield ' ';
      }
      case 'u' -> hexadecimal(4);
      case 'x' -> hexadecimal(2);
      default -> ' ';
    };
  }

  private char hexadecimal(int digits) {
    int value = 0;
    for (int at = end + 1; at <= end + digits; at++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0) {
        return ' ';
      }
      value = value * 16 + digit;
    }
    end += digits + 1;
    return (char) value;
  }

  private static boolean counts(char c) {
    return c < 0x80
        ? c > ' ' && c != '"' && c != '\'' && c != '\\'
        : !Character.isWhitespace(c) && !Character.isSpaceChar(c) && !Character.isISOControl(c);
  }
}
