/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

/** Whether the beginning of a text, up to {@code </think>}, is taken as reasoning. */
public enum ReasoningTags {
  /** It is not: all of a text is text. */
  KEPT,

  /** It is if the text begins with {@code <think>}. */
  SPLIT_OFF,

  /** It is in any case: the model's template has opened the tag already. */
  SPLIT_OFF_OPENED
}
