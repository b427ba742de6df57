/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.canary;

/** How an answer travels. */
enum Mode {
  WHOLE("", "application/json"),
  AGGREGATE("&streamMode=aggregate", "text/event-stream"),
  LIVE("&stream=true", "text/event-stream");

  private final String options;
  private final String contentType;

  Mode(String options, String contentType) {
    this.options = options;
    this.contentType = contentType;
  }

  String options() {
    return options;
  }

  String contentType() {
    return contentType;
  }
}
