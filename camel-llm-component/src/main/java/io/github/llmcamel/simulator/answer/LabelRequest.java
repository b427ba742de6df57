/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which labels an instruction lets us choose from. */
final class LabelRequest {

  private static final int MOST_TRIES = 20;

  /** What stands before a list of labels, surest first. */
  private static final List<Pattern> INTRODUCTIONS =
      List.of(
          before("\\b(?:labels|categories|classes|options|choices|kinds|types)\\b[^:\\n.]{0,60}:"),
          before("\\bone of\\b[^:\\n.\\[]{0,60}(?:(?=\\[)|:)"),
          before(
              "\\bone of\\b(?:\\s+(?:the|these|following|labels|categories|classes|options)){0,5}"),
          before(
              "\\b(?:classify|categori[sz]e|label|sort)\\b[^.\\n:]{0,80}?\\b(?:as|into|between):?"),
          before("\\bwhether\\b[^.\\n:]{0,40}?\\b(?:is|are)\\b"),
          before(
              "\\b(?:answer|reply|respond)\\b(?:\\s+(?:with|only|just|either|exactly|simply)){0,3}"),
          before("\\((?=[^()\\n]{1,300}\\bor\\b[^()\\n]{1,60}\\))"));

  private LabelRequest() {}

  /** The labels in the instruction's own spelling; empty if it names fewer than two. */
  static List<String> labels(String instruction) {
    for (Pattern introduction : INTRODUCTIONS) {
      Matcher found = introduction.matcher(instruction);
      for (int tries = 0; tries < MOST_TRIES && found.find(); tries++) {
        List<NameList.Name> names = NameList.at(instruction, found.end());
        if (names.size() > 1) {
          return names.stream().map(NameList.Name::text).toList();
        }
      }
    }
    return List.of();
  }

  private static Pattern before(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }
}
