/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

/** How the message body is read. */
public enum BodyFormat {
  /** By its Java type, never by its content: text is a prompt, a map is a request. */
  AUTO,
  /** Text, whatever it looks like. */
  TEXT,
  /** A chat request in OpenAI's format: JSON text or a map. */
  OPENAI
}
