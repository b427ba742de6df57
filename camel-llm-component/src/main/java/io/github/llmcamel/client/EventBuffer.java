/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.observe.Cancellation;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Holds the events of one call until its reader takes them, and slows the server down while there
 * are many. One thread brings, one takes, neither waits.
 *
 * <p>It holds {@value #FULL} events and those of one more slice from the network.
 */
public final class EventBuffer implements CallListener {

  private static final int FULL = 64;
  private static final int NEARLY_EMPTY = 16;

  private final Runnable arrival;
  private final Queue<ChatEvent> events = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicBoolean slowedDown = new AtomicBoolean();
  private volatile @Nullable CallControl control;
  private volatile @Nullable Ending ending;

  /**
   * @param arrival runs after each event and after the end, on the thread that brings them: it must
   *     not block
   */
  public EventBuffer(Runnable arrival) {
    this.arrival = arrival;
  }

  @Override
  public void starting(CallControl control) {
    this.control = control;
  }

  @Override
  public boolean event(ChatEvent event) {
    events.add(event);
    if (size.incrementAndGet() >= FULL) {
      slowedDown.set(true);
    }
    arrival.run();
    // Looked at again, since the reader may have emptied it before it could see the flag.
    return !slowedDown.get()
        || (size.get() <= NEARLY_EMPTY && slowedDown.compareAndSet(true, false));
  }

  @Override
  public void ended(Ending how) {
    ending = how;
    arrival.run();
  }

  /** Takes the next event; null if none is there now. */
  public @Nullable ChatEvent poll() {
    ChatEvent event = events.poll();
    if (event != null) {
      int left = size.decrementAndGet();
      if (left <= NEARLY_EMPTY && slowedDown.compareAndSet(true, false)) {
        control().resume();
      } else if (slowedDown.get()) {
        control().progress();
      }
    }
    return event;
  }

  /** How the call has ended; null while it has not, or while not all of its events are taken. */
  public @Nullable Ending drainedEnding() {
    // In this order: nothing is added after the ending.
    Ending how = ending;
    return how != null && events.isEmpty() ? how : null;
  }

  /** How the call has ended, whatever is still to be taken; null while it has not. */
  public @Nullable Ending ending() {
    return ending;
  }

  /** The reader wants nothing any more: ends the call, unless it has ended. */
  public void cancel(Cancellation reason) {
    control().cancel(reason);
  }

  private CallControl control() {
    return Objects.requireNonNull(control, "not started");
  }
}
