/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Brings names and texts to plain words: lower case, one space between them, no punctuation. */
final class Words {

  private static final Pattern HUMP = Pattern.compile("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}\\p{M}]++");

  private Words() {}

  static String plain(String text) {
    return NO_WORD.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
  }

  /** The words of a name such as {@code dueDate}, {@code due_date} or {@code Due date}. */
  static List<String> ofName(String name) {
    String plain = plain(HUMP.matcher(name).replaceAll(" ")).replace("e mail", "email");
    return plain.isEmpty() ? List.of() : List.of(plain.split(" ", -1));
  }
}
