/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

/** The exchange properties of the component. */
public final class LlmProperties {

  /**
   * Ends the calls of an exchange from outside: a {@link java.util.concurrent.CompletionStage}.
   * When it completes, normally or not, the call that runs is cancelled: its connection is closed
   * at once, and the exchange, or the reader of a live answer, fails with a {@link
   * java.util.concurrent.CancellationException}. A call that would start later sends nothing.
   *
   * <p>It stays in the exchange. A stage may outlive its exchange; a {@link
   * java.util.concurrent.CompletableFuture} keeps nothing of a call that has ended, other stages
   * may.
   */
  public static final String CANCEL_WHEN = "CamelLlmCancelWhen";

  private LlmProperties() {}
}
