/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ends what is still under way at the deadline, such as a call that hangs. */
final class DeadlineTimer implements AutoCloseable {

  /** By then the gate of the calls says that the deadline has come. */
  private static final Duration LATER = Duration.ofMillis(50);

  private final @Nullable Duration time;
  private final Runnable end;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private @Nullable Future<?> waiting;

  /**
   * @param time how long a run may take; null if it may take any
   */
  DeadlineTimer(@Nullable Duration time, Runnable end) {
    this.time = time;
    this.end = end;
  }

  /** The time begins. */
  void start() {
    if (time != null) {
      waiting = thread.schedule(end, time.plus(LATER).toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    if (waiting != null) {
      waiting.cancel(false);
    }
    thread.shutdown();
  }
}
