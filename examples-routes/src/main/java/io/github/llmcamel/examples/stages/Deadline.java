/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import io.github.llmcamel.component.RequestPreview;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run before a point in time: a call that is expected to take longer is not made.
 * Thread-safe.
 */
public final class Deadline implements CallGate {

  private final Instant end;
  private final Clock clock;
  private Duration longest = Duration.ZERO;
  private boolean reached;

  /**
   * @param clock tells the time that {@code end} is compared with
   */
  public Deadline(Instant end, Clock clock) {
    this.end = end;
    this.clock = clock;
  }

  @Override
  public synchronized Pass enter(RequestPreview request) throws BudgetSpentException {
    Instant start = clock.instant();
    if (start.plus(longest).isAfter(end)) {
      reached = true;
      throw new BudgetSpentException(
          "The deadline %s is too near for another call.".formatted(end));
    }
    return (spent, failure) -> took(Duration.between(start, clock.instant()));
  }

  private synchronized void took(Duration time) {
    longest = time.compareTo(longest) > 0 ? time : longest;
  }

  @Override
  public synchronized @Nullable String exhausted() {
    return reached || !clock.instant().isBefore(end)
        ? "The deadline %s has come.".formatted(end)
        : null;
  }
}
