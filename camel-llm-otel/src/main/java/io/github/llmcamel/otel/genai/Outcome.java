/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

/** How a call ended, in one word. */
enum Outcome {
  /** The answer is complete. */
  COMPLETED("completed"),
  /** There is no complete answer, and it was not our side that ended the call. */
  FAILED("failed"),
  /** Our side ended the call before its answer was complete. */
  CANCELLED("cancelled"),
  /** Nobody took the answer any more, so that our side ended the call. */
  ABANDONED("abandoned");

  private final String word;

  Outcome(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
