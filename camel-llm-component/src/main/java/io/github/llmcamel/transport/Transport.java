/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport;

/** Sends HTTP requests without blocking. Thread-safe. */
public interface Transport extends AutoCloseable {

  /**
   * Sends a request exactly once: no retry, no redirect, no cookie.
   *
   * <p>Never throws for what happens on the network and never blocks; {@code handler} hears of
   * everything, on the transport's own threads, one signal at a time.
   */
  Cancellable send(HttpCall call, ReplyHandler handler);

  /** Ends all calls, their handlers hear of it, and releases every thread and connection. */
  @Override
  void close();

  /** A running exchange. */
  @FunctionalInterface
  interface Cancellable {
    /**
     * Ends the exchange and closes its connection. The handler may still hear of an end or an
     * error. Does nothing if it has ended.
     */
    void cancel();
  }
}
