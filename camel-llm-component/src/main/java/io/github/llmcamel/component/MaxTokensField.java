/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

/** What the output limit is called in OpenAI's protocol. */
public enum MaxTokensField {
  /** The old name, which most compatible servers know. */
  MAX_TOKENS,
  /** The new name, which counts hidden reasoning as well. */
  MAX_COMPLETION_TOKENS
}
