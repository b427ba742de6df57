/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The questions that the route asks about each document, in their order. */
enum Stage {
  @JsonProperty("classify")
  CLASSIFY("label"),
  @JsonProperty("summarise")
  SUMMARISE("summary"),
  @JsonProperty("extract")
  EXTRACT("fields");

  private final String variable;

  Stage(String variable) {
    this.variable = variable;
  }

  /** Where the route keeps the answer. */
  String variable() {
    return variable;
  }

  /** As the node of the route is called. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
