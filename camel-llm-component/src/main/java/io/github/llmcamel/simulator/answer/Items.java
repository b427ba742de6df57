/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.util.ArrayList;
import java.util.List;

/** Cuts an enumeration at its commas and finds its end: a full stop, a bracket or a line end. */
final class Items {

  private static final int LONGEST_LIST = 4_000;
  private static final String QUOTES = "\"\"``''“”‘’«»";

  private final List<String> items = new ArrayList<>();
  private final StringBuilder item = new StringBuilder();

  private Items() {}

  static List<String> split(String text, int from) {
    Items items = new Items();
    items.read(text, from, Math.min(text.length(), from + LONGEST_LIST));
    return items.items;
  }

  /** Where a quotation that opens here closes, -1 if none does. */
  static int quoteEnd(String text, int at) {
    int kind = at < text.length() ? QUOTES.indexOf(text.charAt(at)) : -1;
    return kind < 0 || kind % 2 != 0 ? -1 : text.indexOf(QUOTES.charAt(kind + 1), at + 1);
  }

  private void read(String text, int from, int limit) {
    int depth = 0;
    for (int at = from; at < limit; at++) {
      char c = text.charAt(at);
      int quoteEnd = isBlank() ? quoteEnd(text, at) : -1;
      if (quoteEnd > at && quoteEnd < limit) {
        item.append(text, at, quoteEnd + 1);
        at = quoteEnd;
      } else if (depth == 0 && isEnd(text, at)) {
        break;
      } else if (depth == 0 && ",;|".indexOf(c) >= 0) {
        finishItem();
      } else {
        depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
        if (!isBlank() || !Character.isWhitespace(c)) {
          item.append(c);
        }
      }
    }
    finishItem();
  }

  private boolean isEnd(String text, int at) {
    char c = text.charAt(at);
    if (c == '\n') {
      boolean goesOn = isBlank() && !items.isEmpty();
      return !goesOn;
    }
    boolean atWordEnd = at + 1 == text.length() || Character.isWhitespace(text.charAt(at + 1));
    return ")]}".indexOf(c) >= 0 || (".?!".indexOf(c) >= 0 && atWordEnd);
  }

  /** Leading space is not collected, so that this need not look at the text. */
  private boolean isBlank() {
    return item.length() == 0;
  }

  private void finishItem() {
    String text = item.toString().strip();
    if (!text.isEmpty()) {
      items.add(text);
    }
    item.setLength(0);
  }
}
