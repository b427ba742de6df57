/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.error;

import org.jspecify.annotations.Nullable;

/**
 * Too many requests or tokens for now, or a quota is used up (429). Wait {@link #getRetryAfter()}
 * and try again, unless it is not {@link #isRetryable() retryable}: then the quota is used up.
 */
public final class LlmRateLimitException extends LlmException {

  private static final long serialVersionUID = 1L;

  public LlmRateLimitException(String message, Failure failure, @Nullable Throwable cause) {
    super(message, failure, cause);
  }
}
