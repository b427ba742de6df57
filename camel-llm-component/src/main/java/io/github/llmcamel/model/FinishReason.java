/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.util.Objects;

/**
 * Why an answer ended.
 *
 * <p>An open vocabulary: a word we do not know becomes {@code other} and keeps its raw form.
 *
 * @param word one of {@code stop}, {@code length}, {@code tool_calls}, {@code content_filter},
 *     {@code error}, {@code other}
 * @param raw the provider's own word, as received
 */
public record FinishReason(String word, String raw) {

  public static final FinishReason STOP = new FinishReason("stop", "stop");
  public static final FinishReason LENGTH = new FinishReason("length", "length");
  public static final FinishReason TOOL_CALLS = new FinishReason("tool_calls", "tool_calls");
  public static final FinishReason CONTENT_FILTER =
      new FinishReason("content_filter", "content_filter");
  public static final FinishReason ERROR = new FinishReason("error", "error");
  public static final FinishReason OTHER = new FinishReason("other", "other");

  public FinishReason {
    Objects.requireNonNull(word, "word");
    Objects.requireNonNull(raw, "raw");
  }

  /** This meaning, said by the provider as {@code rawWord}. */
  public FinishReason saidAs(String rawWord) {
    return new FinishReason(word, rawWord);
  }

  /** Whether both mean the same, whatever the provider called it. */
  public boolean means(FinishReason other) {
    return word.equals(other.word);
  }
}
