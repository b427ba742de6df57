/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a run has ended.
 *
 * @param time how long it took
 * @param left how many documents are left for the next run
 * @param exhausted why no more calls were to go out, in a sentence; null if more might have
 */
record RunEnd(Duration time, long left, @Nullable String exhausted) {

  /** What is left, and why; empty if nothing is, and more calls might have gone out. */
  String whatIsLeft() {
    if (left == 0) {
      return exhausted == null ? "" : exhausted;
    }
    return String.format(
        Locale.ROOT,
        "Stopped early: %,d documents are left. %s",
        left,
        exhausted == null ? "The run was told to end." : exhausted);
  }

  double seconds() {
    return time.toMillis() / 1000.0;
  }
}
