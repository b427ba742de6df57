/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.main.Main;

/**
 * Ends a run whose process is told to end: documents that have begun get some time, then their
 * calls are cancelled, and there is time for the report.
 */
final class Ending {

  private static final Duration FOR_THE_REPORT = Duration.ofSeconds(10);

  private final Main main;
  private final PrintWriter terminal;
  private final Duration grace;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean isCancelled;

  /**
   * @param grace how long documents that have begun may take
   */
  Ending(Main main, PrintWriter terminal, Duration grace) {
    this.main = main;
    this.terminal = terminal;
    this.grace = grace;
  }

  /** Whether there is still time to begin with a document. */
  boolean isFarAway() {
    return main.getShutdownStrategy().isRunAllowed();
  }

  /** All is written: nothing is to be waited for. */
  void isOver() {
    over.countDown();
  }

  /**
   * Holds up the end of the process; does nothing if all is over, or is being cancelled. Camel
   * calls it, also where the context alone is stopped.
   */
  void begin() {
    if (over.getCount() == 0 || isCancelled) {
      return;
    }
    terminal.printf(
        "%nTold to end: documents that have begun have %d seconds.%n", grace.toSeconds());
    terminal.flush();
    if (!isOverWithin(grace)) {
      cancel();
      isOverWithin(FOR_THE_REPORT);
    }
  }

  /** Cancels what is under way, and what waits to be repeated; it is left for the next run. */
  void cancel() {
    isCancelled = true;
    main.getCamelContext().getShutdownStrategy().setTimeout(1);
    main.getCamelContext().stop();
  }

  private boolean isOverWithin(Duration time) {
    try {
      return over.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
