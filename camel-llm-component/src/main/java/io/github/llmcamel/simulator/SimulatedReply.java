/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import io.github.llmcamel.transport.ReplyHandler;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Plays one script to one handler: each frame when it is due and asked for, then one end.
 *
 * <p>Confined to one call. Time, demand and failure may change on any thread; whoever changes one
 * asks for a turn, turns run on the scheduler one at a time, and only they signal.
 */
final class SimulatedReply implements Flow.Subscription {

  private final Script script;
  private final ReplyHandler handler;
  private final ScheduledExecutorService scheduler;
  private final Consumer<SimulatedReply> onEnd;

  private final AtomicInteger turns = new AtomicInteger();
  private final AtomicInteger ticks = new AtomicInteger();
  private final AtomicLong demand = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean abandoned;

  // Touched only by the thread whose turn it is.
  private @Nullable Future<?> timer;
  private Flow.@Nullable Subscriber<ByteBuffer> subscriber;
  private int nextFrame;
  private boolean ended;

  SimulatedReply(
      Script script,
      ReplyHandler handler,
      ScheduledExecutorService scheduler,
      Consumer<SimulatedReply> onEnd) {
    this.script = script;
    this.handler = handler;
    this.scheduler = scheduler;
    this.onEnd = onEnd;
  }

  void start() {
    takeTurn();
  }

  /** Ends this reply at once. Does nothing if it has ended or failed. */
  void fail(Throwable cause) {
    failure.compareAndSet(null, cause);
    takeTurn();
  }

  @Override
  public void request(long n) {
    if (n <= 0) {
      fail(new IllegalArgumentException("Request at least one buffer, not " + n + "."));
    } else {
      demand.accumulateAndGet(n, (now, more) -> now + more < 0 ? Long.MAX_VALUE : now + more);
      takeTurn();
    }
  }

  @Override
  public void cancel() {
    abandoned = true;
    takeTurn();
  }

  private void takeTurn() {
    if (turns.getAndIncrement() != 0) {
      return; // whoever has the turn sees what changed
    }
    if (!isTurnScheduled()) {
      failure.compareAndSet(null, new IOException("The simulator is closed."));
      playTurns();
    }
  }

  private boolean isTurnScheduled() {
    try {
      // A scheduler that is shut down at this moment does not refuse a turn but cancel it.
      return !scheduler.schedule(this::playTurns, 0, TimeUnit.NANOSECONDS).isCancelled();
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private void playTurns() {
    int seen = 1;
    do {
      try {
        play();
      } catch (RuntimeException | Error e) {
        endAfter(e);
      }
      seen = turns.addAndGet(-seen);
    } while (seen != 0);
  }

  private void play() {
    if (ended) {
      return;
    }
    Throwable cause = failure.get();
    if (abandoned) {
      end();
    } else if (cause != null) {
      failWith(cause);
    } else if (isDue()) {
      deliver();
    }
  }

  private boolean isDue() {
    if (timer == null && ticks.get() == 0) {
      startClock();
    }
    return ticks.get() > 0;
  }

  private void startClock() {
    long first = script.headDelay().toNanos();
    long interval = script.frameInterval().toNanos();
    try {
      if (interval > 0) {
        timer = scheduler.scheduleAtFixedRate(() -> tick(1), first, interval, TimeUnit.NANOSECONDS);
      } else if (first > 0) {
        timer = scheduler.schedule(() -> tick(script.ticks()), first, TimeUnit.NANOSECONDS);
      } else {
        ticks.set(script.ticks());
      }
    } catch (RejectedExecutionException e) {
      failWith(new IOException("The simulator is closed.", e));
    }
  }

  private void tick(int count) {
    ticks.addAndGet(count);
    takeTurn();
  }

  private void deliver() {
    if (ticks.get() >= script.ticks()) {
      stopClock();
    }
    if (script.frames() > 0) {
      deliverTo(openBody());
    }
    if (isWanted() && nextFrame == script.frames()) {
      finish();
    }
  }

  private void deliverTo(Flow.Subscriber<ByteBuffer> to) {
    while (isWanted() && demand.get() > 0 && nextFrame < script.frames() && frameIsDue()) {
      demand.decrementAndGet();
      to.onNext(ByteBuffer.wrap(script.frame(nextFrame++)).asReadOnlyBuffer());
    }
  }

  private boolean isWanted() {
    return !abandoned && failure.get() == null;
  }

  private void finish() {
    switch (script.ending()) {
      case COMPLETE -> {
        Flow.Subscriber<ByteBuffer> to = openBody();
        end();
        to.onComplete();
      }
      case RESET ->
          failWith(new SocketException("Connection reset; simulated, as the request asks."));
      case SILENCE -> {} // until it is cancelled
    }
  }

  private boolean frameIsDue() {
    return script.tickOf(nextFrame) < ticks.get();
  }

  private Flow.Subscriber<ByteBuffer> openBody() {
    Flow.Subscriber<ByteBuffer> opened = subscriber;
    if (opened == null) {
      opened = handler.onHead(script.status(), script.headers());
      subscriber = opened;
      opened.onSubscribe(this);
    }
    return opened;
  }

  private void failWith(Throwable cause) {
    end();
    Flow.Subscriber<ByteBuffer> opened = subscriber;
    if (opened == null) {
      handler.onFailure(cause);
    } else {
      opened.onError(cause);
    }
  }

  /** What a handler throws ends its own call; thrown at the end, there is nobody left to tell. */
  private void endAfter(Throwable thrown) {
    if (!ended) {
      try {
        failWith(thrown);
      } catch (RuntimeException | Error e) {
        thrown.addSuppressed(e);
      }
    }
  }

  private void end() {
    ended = true;
    stopClock();
    onEnd.accept(this);
  }

  private void stopClock() {
    Future<?> running = timer;
    if (running != null) {
      running.cancel(false);
    }
  }
}
