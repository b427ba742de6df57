/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The time for one call: when it started, and how much has passed since. Thread-safe. */
interface CallClock {

  /** The clocks of the machine. */
  CallClock SYSTEM =
      new CallClock() {
        @Override
        public long epochNanos() {
          Instant now = Instant.now();
          return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        }

        @Override
        public long nanoTime() {
          return System.nanoTime();
        }
      };

  /** Nanoseconds since 1970; may jump when the clock is set. */
  long epochNanos();

  /** Nanoseconds since some moment; never goes back. */
  long nanoTime();
}
