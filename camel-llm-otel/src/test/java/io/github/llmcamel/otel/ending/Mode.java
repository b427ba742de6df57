/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.ending;

/** How an answer travels. */
enum Mode {
  WHOLE(""),
  AGGREGATE("&streamMode=aggregate"),
  LIVE("&stream=true");

  private final String options;

  Mode(String options) {
    this.options = options;
  }

  String options() {
    return options;
  }

  boolean isStreamed() {
    return this != WHOLE;
  }
}
