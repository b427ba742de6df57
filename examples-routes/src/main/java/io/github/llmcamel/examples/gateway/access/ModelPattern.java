/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.access;

import java.util.regex.Pattern;

/**
 * The name of a model, or how names begin.
 *
 * @param text a name, or a beginning and a star; a star alone is every name
 */
public record ModelPattern(String text) {

  private static final String STAR = "*";
  private static final Pattern NAME = Pattern.compile("[^\\s\\p{Cntrl}*,]{0,256}\\*?");

  /**
   * @throws IllegalArgumentException if it is neither a name nor a beginning and a star
   */
  public ModelPattern {
    if (text.isEmpty() || !NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "A model is a name of at most 256 characters without blanks and commas, or the beginning"
              + " of names and one star behind it, such as claude-*.");
    }
  }

  /** Whether it is a beginning and a star. */
  public boolean isOpen() {
    return text.endsWith(STAR);
  }

  /** How the names begin that it stands for, or the one name. */
  public String beginning() {
    return isOpen() ? text.substring(0, text.length() - STAR.length()) : text;
  }

  /** Whether it stands for the model. */
  public boolean matches(String model) {
    return isOpen() ? model.startsWith(beginning()) : model.equals(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
