/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.launch;

import org.apache.camel.main.Main;

/** Starts Camel for an example. */
public final class Starter {

  private Starter() {}

  /**
   * Starts.
   *
   * @throws CannotStartException if it cannot; its message is the reason alone
   */
  public static void start(Main main) throws CannotStartException {
    try {
      main.start();
    } catch (Exception e) {
      throw new CannotStartException(reason(e), e);
    }
  }

  /** What is wrong with a provider or its configuration is the last cause of a long story. */
  public static String reason(Throwable failure) {
    Throwable reason = failure;
    while (reason.getCause() != null) {
      reason = reason.getCause();
    }
    return String.valueOf(reason.getMessage());
  }
}
