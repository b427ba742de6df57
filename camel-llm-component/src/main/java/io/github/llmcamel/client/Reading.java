/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.codec.ReasoningTags;

/**
 * How an answer is read.
 *
 * @param keepsRaw whether the response has the body that it was read from
 */
public record Reading(ReasoningTags reasoning, boolean keepsRaw) {

  /** Text is text, and nobody wants the body. */
  public static final Reading DEFAULT = new Reading(ReasoningTags.KEPT, false);
}
