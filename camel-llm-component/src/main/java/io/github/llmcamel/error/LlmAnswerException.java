/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.error;

import org.jspecify.annotations.Nullable;

/**
 * The model has answered, but with no object of the {@code outputClass}. {@link
 * #getPartialResponse()} is the whole answer, {@code getResponseBody()} the text of its first
 * choice, cut at 64 KiB. It is {@link #isRetryable() retryable} where the model may do better next
 * time: not after an answer that was cut off, filtered or refused, or that asks for tools.
 */
public final class LlmAnswerException extends LlmException {

  private static final long serialVersionUID = 1L;

  public LlmAnswerException(String message, Failure failure, @Nullable Throwable cause) {
    super(message, failure, cause);
  }
}
