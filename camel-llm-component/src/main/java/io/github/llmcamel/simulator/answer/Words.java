/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Brings names and texts to plain words and to a bounded length. */
final class Words {

  private static final Pattern HUMP = Pattern.compile("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}\\p{M}]++");

  private Words() {}

  /** In lower case, with one space between words and no punctuation. */
  static String plain(String text) {
    return NO_WORD.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
  }

  /** The words of a name such as {@code dueDate}, {@code due_date} or {@code Due date}. */
  static List<String> ofName(String name) {
    String plain = plain(HUMP.matcher(name).replaceAll(" ")).replace("e mail", "email");
    return plain.isEmpty() ? List.of() : List.of(plain.split(" ", -1));
  }

  /** The text, or its start with an ellipsis if it has more characters than that. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }
}
