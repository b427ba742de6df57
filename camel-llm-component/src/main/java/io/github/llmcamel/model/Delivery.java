/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

/**
 * How an answer travels on the wire.
 *
 * <p>Not how a route sees it: an exchange that gets its text in one piece may well stream
 * underneath, so that the time to the first token is measured.
 */
public enum Delivery {
  /** One HTTP answer with the whole response. */
  WHOLE,
  /** Events as the model produces them: server-sent events or JSON lines. */
  STREAMED
}
