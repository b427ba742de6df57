/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.error;

import org.jspecify.annotations.Nullable;

/**
 * The answer cannot be read: it is empty, too large, or not what the protocol says. Check that
 * {@code baseUrl} points at the API and that the provider speaks the protocol.
 */
public final class LlmProtocolException extends LlmException {

  private static final long serialVersionUID = 1L;

  public LlmProtocolException(String message, Failure failure, @Nullable Throwable cause) {
    super(message, failure, cause);
  }
}
