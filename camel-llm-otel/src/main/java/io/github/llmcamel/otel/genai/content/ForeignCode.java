/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs code of applications for calls that have ended, away from the threads that end them, and
 * goes on without its results where it fails, hangs or cannot keep up. Thread-safe.
 *
 * <p>Two daemon threads, there only while there is something to do: one runs the code, the other
 * waits for it and then ends the telemetry of the calls, one after the other.
 */
final class ForeignCode {

  static final int MAX_WAITING = 1_024;

  /** Of all that waits: a prompt may have megabytes. */
  static final long MAX_WAITING_CHARACTERS = 32L * 1024 * 1024;

  static final int MAX_STUCK = 3;

  private static final Logger LOG = LoggerFactory.getLogger(ForeignCode.class);

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

  private final Duration patience;
  private final ThreadPoolExecutor endings = thread("camel-llm-otel-endings", MAX_WAITING);
  private final Object idle = new Object();
  private final AtomicLong open = new AtomicLong();
  private final AtomicLong tooMany = new AtomicLong();
  private final AtomicLong characters = new AtomicLong();
  private final AtomicBoolean failed = new AtomicBoolean();
  private final AtomicBoolean reported = new AtomicBoolean();
  private final AtomicBoolean slowReported = new AtomicBoolean();

  /** Of the endings thread alone, as is the runner. */
  private final List<ThreadPoolExecutor> stuck = new CopyOnWriteArrayList<>();

  private volatile boolean isGivenUp;

  // Volatile since the endings thread may be another one after a pause.
  private volatile ThreadPoolExecutor runner = thread("camel-llm-otel-content", 1);

  ForeignCode() {
    this(PATIENCE);
  }

  /**
   * With a patience of its own.
   *
   * @param patience how long the code may take for one call
   */
  ForeignCode(Duration patience) {
    this.patience = patience;
  }

  /**
   * Runs {@code code}, then {@code ending} with its result.
   *
   * @param size how many characters both keep until then
   * @param ending called exactly once, with null where there is no result; on this thread if there
   *     is no room to wait, or hope
   */
  <T> void run(long size, Supplier<T> code, Consumer<@Nullable T> ending) {
    if (isGivenUp || !enqueue(new Task<>(size, code, ending))) {
      ending.accept(null);
    }
  }

  private boolean enqueue(Task<?> task) {
    // However large, what finds nothing in front of it has room.
    boolean hasRoom = characters.get() < MAX_WAITING_CHARACTERS;
    if (hasRoom) {
      open.incrementAndGet();
      characters.addAndGet(task.size);
      try {
        endings.execute(task);
        return true;
      } catch (RejectedExecutionException e) {
        task.close();
      }
    }
    if (tooMany.getAndIncrement() == 0) {
      LOG.warn(
          "Redactors and hooks of contents are slower than calls: {} calls or {} characters wait."
              + " Further calls are recorded without contents while that is so.",
          MAX_WAITING,
          MAX_WAITING_CHARACTERS);
    }
    return false;
  }

  /**
   * Waits for everything that was handed over; what is still waiting at the deadline ends without
   * results.
   */
  void drain(Duration deadline) {
    if (!awaitIdle(deadline)) {
      List<Runnable> left = new ArrayList<>();
      endings.getQueue().drainTo(left);
      left.forEach(task -> ((Task<?>) task).endWith(null));
      awaitIdle(patience.multipliedBy(2));
    }
    long without = tooMany.getAndSet(0);
    if (without > 0) {
      LOG.warn("{} calls were recorded without contents, since too many waited.", without);
    }
  }

  private boolean awaitIdle(Duration deadline) {
    long end = System.nanoTime() + deadline.toNanos();
    synchronized (idle) {
      while (open.get() > 0) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        try {
          TimeUnit.NANOSECONDS.timedWait(idle, left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
    }
    return true;
  }

  /** One call: the application's code, and what follows it. */
  private final class Task<T> implements Runnable {
    private final long size;
    private final Supplier<T> code;
    private final Consumer<@Nullable T> ending;

    private Task(long size, Supplier<T> code, Consumer<@Nullable T> ending) {
      this.size = size;
      this.code = code;
      this.ending = ending;
    }

    @Override
    public void run() {
      endWith(isGivenUp ? null : result(code));
    }

    private void endWith(@Nullable T result) {
      try {
        ending.accept(result);
      } catch (RuntimeException | LinkageError e) {
        if (reported.compareAndSet(false, true)) {
          LOG.warn("The telemetry of a call is incomplete; this is said once.", e);
        }
      } finally {
        close();
      }
    }

    private void close() {
      characters.addAndGet(-size);
      if (open.decrementAndGet() == 0) {
        synchronized (idle) {
          idle.notifyAll();
        }
      }
    }
  }

  private <T> @Nullable T result(Supplier<T> code) {
    Future<T> running = runner.submit(code::get);
    try {
      return running.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      // Redactors and hooks are guarded one by one; this is an error of the JVM, or of ours.
      if (failed.compareAndSet(false, true)) {
        Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
        LOG.warn("The contents of a call cannot be recorded: {}.", cause.getClass().getName());
      }
    } catch (TimeoutException e) {
      replaceRunner();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  /** Nobody can stop a thread that does not stop by itself; most do some time later. */
  private void replaceRunner() {
    runner.shutdownNow();
    stuck.removeIf(ThreadPoolExecutor::isTerminated);
    stuck.add(runner);
    if (stuck.size() > MAX_STUCK) {
      isGivenUp = true;
      LOG.warn(
          "{} redactors or hooks of contents hang: contents are no longer recorded, until Camel is"
              + " restarted. Correct them.",
          stuck.size());
      return;
    }
    runner = thread("camel-llm-otel-content", 1);
    if (slowReported.compareAndSet(false, true)) {
      LOG.warn(
          "Redactors and hooks of contents took more than {} ms for one call, which is recorded"
              + " without contents. Correct them: when {} hang at a time, contents are off. This is"
              + " said once.",
          patience.toMillis(),
          MAX_STUCK + 1);
    }
  }

  private static ThreadPoolExecutor thread(String name, int maxWaiting) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            KEEP_ALIVE.toNanos(),
            TimeUnit.NANOSECONDS,
            new ArrayBlockingQueue<>(maxWaiting),
            code -> {
              Thread thread = new Thread(code, name);
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
