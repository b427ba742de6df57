/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Time that moves only when a test says so. Everything runs on the thread that moves it. */
final class ManualScheduler extends AbstractExecutorService implements ScheduledExecutorService {

  private final List<Task> tasks = new ArrayList<>();
  private long now;
  private boolean shutdown;
  private boolean terminating;

  /** Runs what is due now, and what that leads to. */
  void run() {
    advance(Duration.ZERO);
  }

  void advance(Duration time) {
    long end = now + time.toNanos();
    Task next = next(end);
    while (next != null) {
      now = Math.max(now, next.due);
      tasks.remove(next);
      next.runOnce();
      next = next(end);
    }
    now = end;
  }

  /** From now on, cancels what it is given, as the JDK's does if a shutdown comes in between. */
  void meetShutdown() {
    terminating = true;
  }

  int waiting() {
    tasks.removeIf(Task::isCancelled);
    return tasks.size();
  }

  private @Nullable Task next(long end) {
    tasks.removeIf(Task::isCancelled);
    return tasks.stream()
        .filter(task -> task.due <= end)
        .min(Comparator.comparingLong(task -> task.due))
        .orElse(null);
  }

  private Task add(Runnable work, long delay, long period) {
    if (shutdown) {
      throw new RejectedExecutionException("shut down");
    }
    Task task = new Task(work, now + delay, period);
    tasks.add(task);
    if (terminating) {
      task.cancel(false);
    }
    return task;
  }

  @Override
  public void execute(Runnable work) {
    Task unused = add(work, 0, 0);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
    return add(work, unit.toNanos(delay), 0);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable work, long delay, long period, TimeUnit unit) {
    return add(work, unit.toNanos(delay), unit.toNanos(period));
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable work, long delay, long pause, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void shutdown() {
    shutdown = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return shutdown && tasks.isEmpty();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isTerminated();
  }

  private final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
    private final long period;
    private long due;

    private Task(Runnable work, long due, long period) {
      super(work, null);
      this.due = due;
      this.period = period;
    }

    private void runOnce() {
      if (period == 0) {
        run();
      } else if (runAndReset()) {
        due += period;
        tasks.add(this);
      }
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - now, TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
