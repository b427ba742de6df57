/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.error;

import org.jspecify.annotations.Nullable;

/**
 * The provider failed or is overloaded (5xx, or an error event in its stream). Try again later or
 * ask another provider.
 */
public final class LlmServerException extends LlmException {

  private static final long serialVersionUID = 1L;

  public LlmServerException(String message, Failure failure, @Nullable Throwable cause) {
    super(message, failure, cause);
  }
}
