/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.error;

import org.jspecify.annotations.Nullable;

/**
 * The provider does not accept the request (4xx), or it could not even be written: unknown model,
 * too long a prompt, a parameter it does not know. Change the request; repeating it does not help.
 */
public final class LlmRequestException extends LlmException {

  private static final long serialVersionUID = 1L;

  public LlmRequestException(String message, Failure failure, @Nullable Throwable cause) {
    super(message, failure, cause);
  }
}
