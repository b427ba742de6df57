/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

/** What a route gets of an answer that is streamed on the wire. */
public enum StreamMode {
  /** The stream itself, as it arrives. */
  LIVE,
  /** The whole text at the end; the time to the first token is measured all the same. */
  AGGREGATE
}
