/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

/** What a provider is asked for. */
public enum Operation {
  /** An answer to a conversation. */
  CHAT,
  /** The vectors of texts. */
  EMBEDDINGS,
  /** The list of its models. */
  MODELS
}
