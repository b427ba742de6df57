/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import io.github.llmcamel.examples.gateway.telemetry.Ended;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The requests that are being answered, and whether more may come. Thread-safe. */
public final class OpenRequests {

  private final Set<GatewayRequest> open = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  void begin(GatewayRequest request) {
    open.add(request);
  }

  void end(GatewayRequest request) {
    open.remove(request);
    synchronized (this) {
      notifyAll();
    }
  }

  /** Whether the gateway is about to stop and takes no more requests. */
  public boolean isDraining() {
    return draining;
  }

  /** No more requests are taken from now on. */
  public void drain() {
    draining = true;
  }

  /**
   * Waits until all of them have ended.
   *
   * @return whether they have, in that time
   */
  public synchronized boolean awaitEnd(Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    try {
      while (!open.isEmpty()) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        wait(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends the answers that are not complete, each with an error that says so. */
  public void endAll() {
    open.forEach(request -> request.outcome().cancel(Ended.SHUTDOWN));
  }
}
