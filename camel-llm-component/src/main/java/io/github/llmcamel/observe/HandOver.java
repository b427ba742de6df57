/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.observe;

import org.jspecify.annotations.Nullable;

/**
 * Sends a request once, however often it is asked to, and keeps from observations what goes wrong
 * with it: that is the call's. Confined to one thread.
 */
final class HandOver implements Runnable {

  private final Runnable sending;
  private boolean done;
  private @Nullable Throwable thrown;

  HandOver(Runnable sending) {
    this.sending = sending;
  }

  @Override
  public void run() {
    if (done) {
      return;
    }
    done = true;
    try {
      sending.run();
    } catch (RuntimeException | Error e) {
      thrown = e;
    }
  }

  /** Throws what the sending threw. */
  void rethrow() {
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    } else if (thrown instanceof Error error) {
      throw error;
    }
  }
}
