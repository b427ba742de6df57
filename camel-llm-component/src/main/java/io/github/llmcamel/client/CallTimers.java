/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * The time limits of one call. Mutable, confined to one call's mailbox; the alarm rings on the
 * scheduler's thread.
 *
 * <p>One scheduled task per call, not one per event: an event only moves the deadline, and a task
 * that wakes up too early goes to sleep again.
 */
final class CallTimers {

  private final Clockwork clockwork;
  private final Timeouts timeouts;
  private final Runnable alarm;

  private long startedAt;
  private long waitingSince;
  private TimeLimit waitingFor = TimeLimit.QUEUE;
  private @Nullable ScheduledFuture<?> task;
  private long taskAt;
  private boolean stopped;

  /**
   * @param alarm hears, on the scheduler's thread, that it is time to ask for {@link #expired}
   */
  CallTimers(Clockwork clockwork, Timeouts timeouts, Runnable alarm) {
    this.clockwork = clockwork;
    this.timeouts = timeouts;
    this.alarm = alarm;
  }

  /** The call begins: it waits for its turn. */
  void start() {
    startedAt = clockwork.now();
    waitingSince = startedAt;
    arm();
  }

  /** Something happened: from now on {@code limit} counts, beside that of the whole call. */
  void waitFor(TimeLimit limit) {
    if (waitingFor != TimeLimit.FINISH) { // keep-alives and token counts do not prolong that wait
      restart(limit);
    }
  }

  /** The answer goes on, also if it seemed to have finished. */
  void goOn() {
    restart(TimeLimit.IDLE);
  }

  /** No limit counts any more. */
  void stop() {
    stopped = true;
    if (task != null) {
      task.cancel(false);
    }
  }

  /** The limit that has run out; null if the alarm rang for a deadline that has moved since. */
  @Nullable TimeLimit expired() {
    if (stopped) {
      return null;
    }
    task = null;
    long now = clockwork.now();
    TimeLimit next = next();
    if (next != null && deadline(next) - now <= 0) {
      return next;
    }
    arm();
    return null;
  }

  private void restart(TimeLimit limit) {
    waitingFor = limit;
    waitingSince = clockwork.now();
    arm();
  }

  private void arm() {
    TimeLimit next = next();
    if (stopped || next == null) {
      return;
    }
    long deadline = deadline(next);
    if (task != null) {
      if (taskAt - deadline <= 0) {
        return; // it will look again when it wakes up
      }
      task.cancel(false);
    }
    taskAt = deadline;
    task = clockwork.wakeAt(deadline, alarm);
  }

  private @Nullable TimeLimit next() {
    if (isUnlimited(TimeLimit.REQUEST)) {
      return isUnlimited(waitingFor) ? null : waitingFor;
    }
    return isUnlimited(waitingFor) || deadline(TimeLimit.REQUEST) - deadline(waitingFor) < 0
        ? TimeLimit.REQUEST
        : waitingFor;
  }

  private boolean isUnlimited(TimeLimit limit) {
    return limit.of(timeouts).isZero();
  }

  private long deadline(TimeLimit limit) {
    Duration length = limit.of(timeouts);
    return (limit == TimeLimit.REQUEST ? startedAt : waitingSince) + length.toNanos();
  }
}
