/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Variable;
import org.apache.camel.language.simple.Simple;

/** A step of the route: a model's answer becomes one of the labels it was offered. */
public final class Label {

  /** What an answer stands for that names none of the labels. */
  static final String OTHER = "other";

  /**
   * The label that an answer names first, or "other": models like to explain themselves, and a
   * report needs few classes.
   *
   * @param labels with commas between them
   */
  public String choose(
      @Variable("label") String answer, @Simple("${properties:batch.labels}") String labels) {
    String anyLabel =
        Stream.of(labels.split(","))
            .map(label -> Pattern.quote(label.strip()))
            .collect(Collectors.joining("|", "(?<!\\w)(?:", ")(?!\\w)"));
    return Pattern.compile(anyLabel, Pattern.CASE_INSENSITIVE)
        .matcher(answer)
        .results()
        .findFirst()
        .map(MatchResult::group)
        .map(label -> label.toLowerCase(Locale.ROOT))
        .orElse(OTHER);
  }
}
