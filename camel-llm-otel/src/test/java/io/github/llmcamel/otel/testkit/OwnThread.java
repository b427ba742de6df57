/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.testkit;

import java.util.concurrent.CompletableFuture;

/**
 * A thread for what may leave a context current behind it, as Camel's tracers do: no other test
 * runs there.
 */
public final class OwnThread {

  private OwnThread() {}

  /** Runs {@code task}, waits for it, and throws what it throws. */
  public static void run(Runnable task) {
    CompletableFuture.runAsync(task, run -> new Thread(run).start()).join();
  }
}
