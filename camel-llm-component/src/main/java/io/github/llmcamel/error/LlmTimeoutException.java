/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.error;

import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A limit of time ran out on our side. The message names the option that sets it. The provider may
 * have done, and may charge, the work all the same.
 */
public final class LlmTimeoutException extends LlmException {

  private static final long serialVersionUID = 1L;

  public LlmTimeoutException(String message, Failure failure, @Nullable Throwable cause) {
    super(message, failure, cause);
  }

  @Override
  public String getErrorType() {
    return TimeoutException.class.getName();
  }
}
