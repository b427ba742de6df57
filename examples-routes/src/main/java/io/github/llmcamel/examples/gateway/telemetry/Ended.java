/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.telemetry;

import java.util.Locale;

/** How a request ended. */
public enum Ended {
  /** The answer left whole: also an answer that says what went wrong. */
  COMPLETED,
  /** The model's answer broke off after it had begun, and the client was told. */
  FAILED,
  /** The client hung up before it had the answer. */
  CLIENT_GONE,
  /** The client took nothing for too long and was cut. */
  SLOW_CLIENT,
  /** The gateway stopped before the answer was whole. */
  SHUTDOWN,
  /** The request was turned away before any model was asked. */
  REJECTED;

  /** The word for it in logs and telemetry, such as {@code client_gone}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
