/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.util.regex.Pattern;

/** Tells an instruction from the text it is about. */
final class Instruction {

  private static final int READ = 600;

  private static final String VERBS =
      "summari[sz]e|classify|categori[sz]e|extract|translate|reply|respond|answer|return|list|"
          + "describe|explain|rewrite|identify|determine|decide|label|choose|give|write|tell|name";

  private static final Pattern VERB_FIRST =
      Pattern.compile(
          "(?:^|[.!?:,\\n]\\s*)(?:(?:please|kindly|now|then|and)\\s+){0,3}(?:" + VERBS + ")\\b",
          Pattern.CASE_INSENSITIVE);

  private static final String NAMES =
      "one of[^.\\n]{0,60}[:\\[]|\\b(?:labels|categories|classes|fields|keys|properties)\\b[^.:]{0,40}:"
          + "|\\bjson\\b";

  private static final Pattern NAMES_THINGS = Pattern.compile(NAMES, Pattern.CASE_INSENSITIVE);

  private static final Pattern SAYS_HOW =
      Pattern.compile(NAMES + "|" + Summary.LIMIT, Pattern.CASE_INSENSITIVE);

  private static final Pattern QUESTION =
      Pattern.compile(
          "(?:what|which|who|whose|how|when|where|is|are|does|do|did|has|have)\\s+(?:\\S+\\s+){2}.*\\?\\s*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private Instruction() {}

  /** Whether a text starts as an instruction does. Only its first 600 characters count. */
  static boolean opens(String text) {
    String start = text.substring(0, Math.min(READ, text.length()));
    return VERB_FIRST.matcher(start).find()
        || SAYS_HOW.matcher(start).find()
        || QUESTION.matcher(start).matches();
  }

  /** Whether it names labels or fields, so that a colon in it ends nothing. */
  static boolean namesThings(String text) {
    return NAMES_THINGS.matcher(text).find();
  }
}
