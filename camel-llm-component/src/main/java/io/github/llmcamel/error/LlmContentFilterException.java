/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.error;

import org.jspecify.annotations.Nullable;

/**
 * The provider refused the request because of its content. Change the prompt. An answer that was
 * filtered is no exception: it finishes with {@code content_filter}.
 */
public final class LlmContentFilterException extends LlmException {

  private static final long serialVersionUID = 1L;

  public LlmContentFilterException(String message, Failure failure, @Nullable Throwable cause) {
    super(message, failure, cause);
  }
}
