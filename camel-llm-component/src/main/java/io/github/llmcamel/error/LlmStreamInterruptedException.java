/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.error;

import org.jspecify.annotations.Nullable;

/**
 * A stream ended before the model had finished. {@link #getPartialResponse()} holds what had
 * arrived; repeating the call starts from the beginning.
 */
public final class LlmStreamInterruptedException extends LlmException {

  private static final long serialVersionUID = 1L;

  public LlmStreamInterruptedException(String message, Failure failure, @Nullable Throwable cause) {
    super(message, failure, cause);
  }
}
