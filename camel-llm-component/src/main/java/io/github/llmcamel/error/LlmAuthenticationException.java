/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.error;

import org.jspecify.annotations.Nullable;

/**
 * The provider does not accept the key, or the key may not do this (401, 403). Check {@code
 * apiKey}; repeating the call does not help.
 */
public final class LlmAuthenticationException extends LlmException {

  private static final long serialVersionUID = 1L;

  public LlmAuthenticationException(String message, Failure failure, @Nullable Throwable cause) {
    super(message, failure, cause);
  }
}
