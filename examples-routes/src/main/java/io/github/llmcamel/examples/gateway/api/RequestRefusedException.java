/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.api;

import java.util.Objects;

/** The gateway does not serve a request. What the client is told is in {@link #error()}. */
public final class RequestRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient OpenAiError error;

  public RequestRefusedException(OpenAiError error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  /** For the client. */
  public OpenAiError error() {
    return Objects.requireNonNull(error, "error");
  }
}
