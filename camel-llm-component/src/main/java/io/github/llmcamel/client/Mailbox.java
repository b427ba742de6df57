/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs what happens to one call one at a time and in order, without a lock or a thread of its own:
 * whoever brings a signal while another one is handled leaves it to that one's thread.
 */
final class Mailbox {

  private final Queue<Runnable> signals = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();

  /** Handles {@code signal} now or right after the one that is being handled. It must not throw. */
  void handle(Runnable signal) {
    signals.add(signal);
    if (pending.getAndIncrement() != 0) {
      return;
    }
    do {
      // Never null: each signal is added before it is counted.
      Objects.requireNonNull(signals.poll()).run();
    } while (pending.decrementAndGet() != 0);
  }
}
