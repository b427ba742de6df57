/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.client.Ending;
import io.github.llmcamel.client.EventBuffer;
import io.github.llmcamel.model.ChatEvent;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands the elements of a stream to its subscriber as it asks for them, one at a time, on a thread
 * of the pool.
 *
 * @param <E> events, or what they are turned into
 */
final class StreamSubscription<E> implements Flow.Subscription {

  private final LlmStream<?> stream;
  private final EventBuffer events;
  private final Function<ChatEvent, @Nullable E> format;
  private final Supplier<@Nullable E> last;
  private final Flow.Subscriber<? super E> subscriber;
  private final Executor pool;
  private final AtomicLong demand = new AtomicLong();
  // The first turn is that of onSubscribe: nothing may be handed over before it returns.
  private final AtomicInteger turns = new AtomicInteger(1);
  private volatile boolean over;
  private volatile @Nullable IllegalArgumentException mistake;
  // One element is taken ahead of demand: only so is the end found that needs none.
  private @Nullable E next;

  /**
   * @param format turns an event into an element; null for an event that is none
   * @param last gives the elements that are left at the end of a complete answer, then null
   */
  StreamSubscription(
      LlmStream<?> stream,
      EventBuffer events,
      Function<ChatEvent, @Nullable E> format,
      Supplier<@Nullable E> last,
      Flow.Subscriber<? super E> subscriber,
      Executor pool) {
    this.stream = stream;
    this.events = events;
    this.format = format;
    this.last = last;
    this.subscriber = subscriber;
    this.pool = pool;
  }

  void start() {
    try {
      subscriber.onSubscribe(this);
    } catch (RuntimeException e) {
      cancel();
      throw e;
    }
    takeTurnsOnThePool();
  }

  /** Tells a subscriber, as the specification wants it, that it gets nothing. */
  void refuse(IllegalStateException reason) {
    over = true;
    subscriber.onSubscribe(this);
    subscriber.onError(reason);
  }

  /** There may be something to hand over. */
  void arrived() {
    if (!over && turns.getAndIncrement() == 0) {
      takeTurnsOnThePool();
    }
  }

  @Override
  public void request(long n) {
    if (n <= 0) {
      mistake = new IllegalArgumentException("request(n) needs an n above 0.");
    } else {
      demand.accumulateAndGet(n, (now, more) -> now + more < 0 ? Long.MAX_VALUE : now + more);
    }
    arrived();
  }

  @Override
  public void cancel() {
    if (!over) {
      over = true;
      stream.close();
    }
  }

  private void takeTurnsOnThePool() {
    try {
      pool.execute(this::takeTurns);
    } catch (RejectedExecutionException e) {
      // The pool has stopped with the context; the subscriber still hears of the end.
      takeTurns();
    }
  }

  private void takeTurns() {
    int seen = 1;
    do {
      try {
        pass();
      } catch (RuntimeException e) {
        // A subscriber must not throw; one that does gets nothing more.
        cancel();
        throw e;
      }
      seen = turns.addAndGet(-seen);
    } while (seen != 0);
  }

  private void pass() {
    IllegalArgumentException wrong = mistake;
    if (wrong != null && !over) {
      cancel();
      subscriber.onError(wrong);
    }
    for (E element = peek(); element != null && demand.get() > 0; element = peek()) {
      demand.decrementAndGet();
      next = null;
      subscriber.onNext(element);
    }
  }

  /** The next element; null if there is none now, or at the end, which it tells the subscriber. */
  private @Nullable E peek() {
    while (next == null && !over) {
      ChatEvent event = events.poll();
      if (event != null) {
        next = formatted(() -> format.apply(event));
        continue;
      }
      Ending ending = events.drainedEnding();
      if (ending == null) {
        return null;
      }
      next = ending instanceof Ending.Completed ? formatted(last) : null;
      if (next == null && !over) {
        over = true;
        end(ending);
      }
    }
    return over ? null : next;
  }

  /** What the format makes of something; one that fails ends the subscription. */
  private @Nullable E formatted(Supplier<@Nullable E> formatting) {
    try {
      return formatting.get();
    } catch (RuntimeException e) {
      cancel();
      subscriber.onError(e);
      return null;
    }
  }

  private void end(Ending ending) {
    Exception failure = Endings.failure(ending);
    if (failure == null) {
      subscriber.onComplete();
    } else {
      subscriber.onError(failure);
    }
  }
}
