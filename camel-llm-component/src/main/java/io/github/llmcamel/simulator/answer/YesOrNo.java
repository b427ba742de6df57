/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers a question with yes or no: yes if the document scores for what the question is about.
 * That is the last of its words that the {@link Lexicon} knows, or else its last word.
 */
final class YesOrNo {

  private static final Pattern QUESTION = Pattern.compile("([^.?!\\n]{1,500})\\?");

  private YesOrNo() {}

  static boolean isOffered(List<String> labels) {
    return labels.size() == 2
        && Set.of("yes", "no").containsAll(labels.stream().map(Words::plain).toList());
  }

  static String choose(List<String> labels, String instruction, Document document) {
    String wanted = Classification.scores(subject(instruction), document) ? "yes" : "no";
    return Words.plain(labels.get(0)).equals(wanted) ? labels.get(0) : labels.get(1);
  }

  private static String subject(String instruction) {
    Matcher question = QUESTION.matcher(instruction);
    List<String> words = Words.ofName(question.find() ? question.group(1) : instruction);
    String subject = words.isEmpty() ? "" : words.get(words.size() - 1);
    for (String word : words) {
      subject = Lexicon.knows(word) ? word : subject;
    }
    return subject;
  }
}
