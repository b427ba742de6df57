/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

/** What the answer becomes in the message body. */
public enum OutputFormat {
  /** The text of the first choice. */
  TEXT,
  /** A {@link io.github.llmcamel.model.ChatResponse}. */
  RESPONSE,
  /** A chat completion in OpenAI's format, as JSON text. */
  OPENAI
}
