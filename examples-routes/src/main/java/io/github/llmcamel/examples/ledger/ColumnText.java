/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import org.jspecify.annotations.Nullable;

/** Makes any text fit a column: what comes from documents and models has any length. */
final class ColumnText {

  private static final int HASH = 64;

  private ColumnText() {}

  /** A text that is read by people: its end is cut off. */
  static @Nullable String cut(@Nullable String text, int longest) {
    return text == null ? null : beginning(withoutNul(text), longest);
  }

  /** A text that tells one row from another: a hash stands for what does not fit. */
  static String key(String text, int longest) {
    String key = withoutNul(text);
    return key.length() <= longest ? key : beginning(key, longest - HASH) + Hash.sha256(text);
  }

  /** PostgreSQL has no place for this character in a text. */
  private static String withoutNul(String text) {
    return text.replace('\0', '\uFFFD');
  }

  private static String beginning(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    boolean cutsPair = Character.isHighSurrogate(text.charAt(longest - 1));
    return text.substring(0, cutsPair ? longest - 1 : longest);
  }
}
