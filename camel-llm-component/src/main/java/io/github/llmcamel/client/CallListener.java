/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.model.ChatEvent;

/**
 * Hears of one call, one signal at a time, on the threads that cause them: a reply thread, the
 * timer's, or the one that uses the {@link CallControl}. It must not block and must not throw.
 */
public interface CallListener {

  /**
   * The call is about to start.
   *
   * @param control rules it from any thread
   */
  default void starting(CallControl control) {}

  /**
   * The model said something. A whole answer has no events.
   *
   * @return whether more is wanted now; if not, the server is slowed down until {@link
   *     CallControl#resume}. A few events that are on their way may come all the same.
   */
  default boolean event(ChatEvent event) {
    return true;
  }

  /** The call has ended. The last signal; it always comes. */
  void ended(Ending ending);
}
