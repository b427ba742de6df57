/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads names of people and companies as they stand in headers. */
final class People {

  private static final Pattern SEMICOLONS = Pattern.compile("\\s*;\\s*");
  private static final Pattern COMMAS =
      Pattern.compile("\\s*,\\s*(?:and |und |et |y )?|\\s+(?:and|und|et|y|&)\\s+");
  private static final Pattern REMARK = Pattern.compile("\\s*[(\\[<][^)\\]>]{0,200}[)\\]>]\\s*");

  private People() {}

  /** The names of a list. With semicolons in it, commas are part of the names. */
  static Stream<String> in(String value) {
    Pattern between = value.contains(";") ? SEMICOLONS : COMMAS;
    return between.splitAsStream(value).map(People::name).filter(name -> !name.isEmpty());
  }

  /** A name without its address and remarks, or the address if that is all. */
  static String name(String value) {
    String name = REMARK.matcher(value).replaceAll(" ").replace("\"", "").strip();
    return name.isEmpty() ? value.replaceAll("[<>()\\[\\]]", "").strip() : name;
  }
}
