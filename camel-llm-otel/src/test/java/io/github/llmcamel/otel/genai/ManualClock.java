/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import java.time.Duration;

/** Two clocks that move when told to. */
final class ManualClock implements CallClock {

  private long epochNanos = 1_700_000_000_000_000_000L;
  private long nanoTime = 42;

  void advance(Duration time) {
    epochNanos += time.toNanos();
    nanoTime += time.toNanos();
  }

  /** What an administrator does: only the wall clock goes back. */
  void setBack(Duration time) {
    epochNanos -= time.toNanos();
  }

  @Override
  public long epochNanos() {
    return epochNanos;
  }

  @Override
  public long nanoTime() {
    return nanoTime;
  }
}
