/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A connection that fails until somebody corrects its settings: trying again is of no use. */
public final class MisconfiguredConnectionException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong and the cure
   */
  public MisconfiguredConnectionException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
