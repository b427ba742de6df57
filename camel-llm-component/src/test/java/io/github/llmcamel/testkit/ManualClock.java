/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Time that stands still until a test moves it, and a scheduler that goes by it. What is due runs
 * on the thread that moves the time.
 */
public final class ManualClock extends AbstractExecutorService
    implements ScheduledExecutorService, LongSupplier {

  private final List<Task<?>> tasks = new ArrayList<>();
  private long now = 1_000_000_000L;
  private boolean shutdown;

  /** Moves the time and runs what becomes due, in order. */
  public void advance(Duration by) {
    long end = getAsLong() + by.toNanos();
    for (Task<?> next = takeDue(end); next != null; next = takeDue(end)) {
      next.run();
    }
    synchronized (this) {
      now = end;
    }
  }

  /** How many tasks wait, cancelled ones not counted. */
  public synchronized int pending() {
    tasks.removeIf(Task::isCancelled);
    return tasks.size();
  }

  @Override
  public synchronized long getAsLong() {
    return now;
  }

  private synchronized @org.jspecify.annotations.Nullable Task<?> takeDue(long end) {
    tasks.removeIf(Task::isCancelled);
    tasks.sort(Comparator.comparingLong(task -> task.time));
    if (tasks.isEmpty() || tasks.get(0).time > end) {
      return null;
    }
    Task<?> due = tasks.remove(0);
    now = Math.max(now, due.time);
    return due;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return schedule(
        () -> {
          command.run();
          return null;
        },
        delay,
        unit);
  }

  @Override
  public synchronized <V> ScheduledFuture<V> schedule(
      Callable<V> callable, long delay, TimeUnit unit) {
    if (shutdown) {
      throw new java.util.concurrent.RejectedExecutionException("shut down");
    }
    Task<V> task = new Task<>(callable, now + unit.toNanos(delay));
    tasks.add(task);
    return task;
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void execute(Runnable command) {
    command.run();
  }

  @Override
  public synchronized void shutdown() {
    shutdown = true;
  }

  @Override
  public synchronized List<Runnable> shutdownNow() {
    shutdown = true;
    return List.copyOf((Collection<? extends Runnable>) tasks);
  }

  @Override
  public synchronized boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return isShutdown();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }

  private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
    private final long time;

    private Task(Callable<V> callable, long time) {
      super(callable);
      this.time = time;
    }

    @Override
    protected void done() {
      if (isCancelled()) {
        return;
      }
      try {
        get();
      } catch (InterruptedException | ExecutionException e) {
        throw new AssertionError("A scheduled task failed", e);
      }
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(time - getAsLong(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
