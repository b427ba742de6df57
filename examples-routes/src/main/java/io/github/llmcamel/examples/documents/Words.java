/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import io.github.llmcamel.examples.documents.Word.End;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Reads the words of a text. One without any end is cut in parts. Confined to one thread. */
final class Words {

  /** Far beyond any word of a language with spaces. */
  private static final int LONGEST = 256;

  private static final int REMEMBERED = 4096;

  private final Reader text;
  private final ToIntFunction<String> tokens;
  private final int maxTokens;
  private final Map<String, Integer> known = new HashMap<>();
  private final Deque<Word> ready = new ArrayDeque<>();
  private final char[] buffer = new char[8192];
  private int position;
  private int limit;

  /**
   * @param maxTokens the longest word, or part of one; at least what the longest code point has
   */
  Words(Reader text, ToIntFunction<String> tokens, int maxTokens) {
    this.text = text;
    this.tokens = tokens;
    this.maxTokens = maxTokens;
  }

  /** The next word; null at the end of the text. */
  @Nullable Word next() throws IOException {
    if (ready.isEmpty()) {
      read();
    }
    return ready.poll();
  }

  private void read() throws IOException {
    StringBuilder word = new StringBuilder();
    boolean cut = false;
    while (peek() >= 0 && !endsBefore(word, (char) peek())) {
      char last = buffer[position++];
      word.append(last);
      // The other half of a character may follow.
      cut = word.length() >= LONGEST && !Character.isHighSurrogate(last);
      if (cut) {
        break;
      }
    }
    if (!word.isEmpty()) {
      add(word.toString(), cut ? End.PART : endOf(word));
    }
  }

  /** The next character, which is not taken; -1 at the end. */
  private int peek() throws IOException {
    if (position == limit) {
      position = 0;
      limit = Math.max(0, text.read(buffer));
    }
    return position == limit ? -1 : buffer[position];
  }

  private static boolean endsBefore(CharSequence word, char next) {
    if (word.isEmpty()) {
      return false;
    }
    char last = word.charAt(word.length() - 1);
    if (isLineEnd(last)) {
      return !isLineEnd(next);
    }
    return (isFullStop(last) && !isLineEnd(next))
        || (Character.isWhitespace(next) && !Character.isWhitespace(last) && !isLineEnd(next));
  }

  private static End endOf(CharSequence word) {
    int end = word.length();
    int lineEnds = 0;
    while (end > 0 && isLineEnd(word.charAt(end - 1))) {
      end--;
      lineEnds += word.charAt(end) == '\n' ? 1 : 0;
    }
    if (lineEnds > 1 || (end < word.length() && word.toString().isBlank())) {
      return End.PARAGRAPH;
    }
    if (end < word.length()) {
      return End.LINE;
    }
    char last = word.charAt(end - 1);
    return isFullStop(last) || ".!?".indexOf(last) >= 0 ? End.SENTENCE : End.WORD;
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }

  /** Those of languages that put no space after them. */
  private static boolean isFullStop(char c) {
    return "。！？".indexOf(c) >= 0;
  }

  private void add(String word, End end) {
    int length = count(word);
    if (length <= maxTokens) {
      ready.add(new Word(word, length, end));
    } else {
      int half = word.offsetByCodePoints(0, word.codePointCount(0, word.length()) / 2);
      add(word.substring(0, half), End.PART);
      add(word.substring(half), end);
    }
  }

  /** Most words of a text have been there before. */
  private int count(String word) {
    if (known.size() == REMEMBERED) {
      known.clear();
    }
    return known.computeIfAbsent(word, tokens::applyAsInt);
  }
}
