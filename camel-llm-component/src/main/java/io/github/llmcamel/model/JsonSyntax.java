/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

/**
 * Checks that a text is JSON, without reading what it says: the model has no JSON library. Confined
 * to one check.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
final class JsonSyntax {

  /** As deep as the codecs read. */
  private static final int MAX_DEPTH = 200;

  private static final char END = '\0';

  private final String text;
  private int at;

  private JsonSyntax(String text) {
    this.text = text;
  }

  /** Whether the text is one whole JSON object and nothing else. */
  static boolean isObject(String text) {
    JsonSyntax syntax = new JsonSyntax(text);
    syntax.blanks();
    return syntax.next() == '{' && syntax.value(0) && syntax.at == text.length();
  }

  /** Moves behind a value and the blanks around it. */
  private boolean value(int depth) {
    blanks();
    boolean valid =
        depth <= MAX_DEPTH
            && switch (next()) {
              case '{' -> container('}', depth);
              case '[' -> container(']', depth);
              case '"' -> string();
              case 't' -> word("true");
              case 'f' -> word("false");
              case 'n' -> word("null");
              default -> number();
            };
    blanks();
    return valid;
  }

  private boolean container(char close, int depth) {
    at++;
    blanks();
    if (take(close)) {
      return true;
    }
    do {
      if (!(close == '}' ? member(depth) : value(depth + 1))) {
        return false;
      }
    } while (take(','));
    return take(close);
  }

  private boolean member(int depth) {
    blanks();
    if (next() != '"' || !string()) {
      return false;
    }
    blanks();
    return take(':') && value(depth + 1);
  }

  private boolean string() {
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return true;
      }
      if (c < ' ' || (c == '\\' && !escape())) {
        return false;
      }
    }
    return false;
  }

  private boolean escape() {
    char c = next();
    at++;
    if (c != 'u') {
      return c != END && "\"\\/bfnrt".indexOf(c) >= 0;
    }
    for (int i = 0; i < 4; i++) {
      if (Character.digit(next(), 16) < 0) {
        return false;
      }
      at++;
    }
    return true;
  }

  private boolean word(String word) {
    boolean found = text.startsWith(word, at);
    at += word.length();
    return found;
  }

  private boolean number() {
    take('-');
    boolean whole = take('0') || digits();
    boolean fraction = !take('.') || digits();
    if (next() == 'e' || next() == 'E') {
      at++;
      if (!take('+')) {
        take('-');
      }
      return whole && fraction && digits();
    }
    return whole && fraction;
  }

  private boolean digits() {
    int start = at;
    while (next() >= '0' && next() <= '9') {
      at++;
    }
    return at > start;
  }

  private void blanks() {
    while (next() == ' ' || next() == '\t' || next() == '\n' || next() == '\r') {
      at++;
    }
  }

  private boolean take(char c) {
    if (next() != c || at >= text.length()) {
      return false;
    }
    at++;
    return true;
  }

  private char next() {
    return at < text.length() ? text.charAt(at) : END;
  }
}
