/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.error;

import org.jspecify.annotations.Nullable;

/**
 * The provider could not be reached, or the connection broke before its answer began. Check {@code
 * baseUrl}, the proxy and TLS settings; the same call may work later.
 */
public final class LlmConnectionException extends LlmException {

  private static final long serialVersionUID = 1L;

  public LlmConnectionException(String message, Failure failure, @Nullable Throwable cause) {
    super(message, failure, cause);
  }

  @Override
  public String getErrorType() {
    return ErrorTypes.ofConnectionFailure(getCause());
  }
}
