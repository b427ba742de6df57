/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.ending;

/** What the route does after the call, or once a live answer begins. */
enum NextStep {
  /** Reads a live answer to its end. */
  READS,
  /** Hands a live answer to the test, and out of the route. */
  KEEPS,
  /** Replaces the body. */
  DROPS,
  /** Throws something. */
  FAILS
}
