/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.load;

import java.util.concurrent.Semaphore;

/** Makes calls, a fixed number of them at a time. */
final class InFlight {

  private InFlight() {}

  /** Returns when all calls have ended. */
  static void run(Caller caller, int calls, int atOnce) throws InterruptedException {
    Semaphore places = new Semaphore(atOnce);
    for (int i = 0; i < calls; i++) {
      places.acquire();
      caller.call(places::release);
    }
    places.acquire(atOnce);
  }
}
