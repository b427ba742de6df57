/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.pipelines;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** A step of a route: a model's answer becomes one of the labels it was offered. */
public final class Label {

  /** What an answer stands for that names none of the labels. */
  static final String OTHER = "other";

  /**
   * The label that an answer names first, or "other": models like to explain themselves, and a
   * report needs few classes.
   *
   * @param labels with commas between them
   * @throws BadAnswerException if the answer is empty
   */
  public String choose(@Body String answer, @Variable("labels") String labels)
      throws BadAnswerException {
    if (answer.isBlank()) {
      throw new BadAnswerException("The model was asked for a label and said nothing.");
    }
    List<String> offered =
        Stream.of(labels.split(","))
            .map(String::strip)
            .filter(Predicate.not(String::isEmpty))
            // The longest first: "report" would hide "report card".
            .sorted(Comparator.comparing(String::length).reversed())
            .toList();
    String anyLabel =
        offered.stream().map(Pattern::quote).collect(joining("|", "(?<!\\w)(?:", ")(?!\\w)"));
    return Pattern.compile(anyLabel, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS)
        .matcher(answer)
        .results()
        .map(MatchResult::group)
        .flatMap(named -> offered.stream().filter(named::equalsIgnoreCase))
        .findFirst()
        .orElse(OTHER);
  }
}
