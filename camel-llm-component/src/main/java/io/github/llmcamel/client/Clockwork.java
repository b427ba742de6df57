/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How calls tell the time and are woken up.
 *
 * @param scheduler wakes them; what it runs is short and never blocks
 * @param nanoTime a monotonic clock in nanoseconds
 */
public record Clockwork(ScheduledExecutorService scheduler, LongSupplier nanoTime) {

  long now() {
    return nanoTime.getAsLong();
  }

  /** Runs {@code alarm} at {@code time} of this clock; null if the scheduler has stopped. */
  @Nullable ScheduledFuture<?> wakeAt(long time, Runnable alarm) {
    try {
      return scheduler.schedule(alarm, Math.max(0, time - now()), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // It stops only when all calls are being cancelled: nobody needs to be woken any more.
      return null;
    }
  }
}
