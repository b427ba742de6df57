/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.launch;

/** The route does not start: the provider, or its configuration, is wrong; the message says how. */
public final class CannotStartException extends Exception {

  private static final long serialVersionUID = 1L;

  public CannotStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
