/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.error;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Too many requests or tokens for now, or a quota is used up (429). Wait {@link #getRetryAfter()}
 * and try again, unless it is not {@link #isRetryable() retryable}: then the quota is used up. A
 * status of 0 means that our own queue is full: the provider was not asked.
 */
public final class LlmRateLimitException extends LlmException {

  private static final long serialVersionUID = 1L;

  public LlmRateLimitException(String message, Failure failure, @Nullable Throwable cause) {
    super(message, failure, cause);
  }

  @Override
  public String getErrorType() {
    return getStatusCode() == 0 ? RejectedExecutionException.class.getName() : super.getErrorType();
  }
}
