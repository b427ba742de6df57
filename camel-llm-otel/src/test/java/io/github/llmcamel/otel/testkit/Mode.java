/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.testkit;

/** How an answer travels. */
public enum Mode {
  WHOLE("", "application/json"),
  AGGREGATE("&streamMode=aggregate", "text/event-stream"),
  LIVE("&stream=true", "text/event-stream");

  private final String options;
  private final String contentType;

  Mode(String options, String contentType) {
    this.options = options;
    this.contentType = contentType;
  }

  /** Those of an endpoint that asks for it. */
  public String options() {
    return options;
  }

  public String contentType() {
    return contentType;
  }

  public boolean isStreamed() {
    return this != WHOLE;
  }
}
