/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the subscriber requests into credit of the connection: bytes that were handed over are
 * read again from the socket only once more is requested. What arrives without demand waits here;
 * the connection's window bounds it.
 *
 * <p>Signals run on whatever thread brings bytes or demand, one at a time.
 */
final class BodyCredit implements Flow.Subscription {

  private final Flow.Subscriber<ByteBuffer> subscriber;
  private final AtomicLong demand = new AtomicLong();
  private final Queue<ByteBuffer> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger turns = new AtomicInteger();
  private volatile @Nullable CapacityChannel channel;
  private volatile boolean atEnd;
  private volatile @Nullable Throwable failure;
  private volatile boolean closed;
  // Touched only by the thread whose turn it is.
  private int owed;

  BodyCredit(Flow.Subscriber<ByteBuffer> subscriber) {
    this.subscriber = subscriber;
  }

  @Override
  public void request(long n) {
    demand.accumulateAndGet(n, (now, more) -> now + more < 0 ? Long.MAX_VALUE : now + more);
    takeTurn();
  }

  @Override
  public void cancel() {
    closed = true;
    waiting.clear();
  }

  void channel(CapacityChannel opened) {
    channel = opened;
    takeTurn();
  }

  void deliver(ByteBuffer slice) {
    // The client reuses its buffer as soon as this method returns.
    ByteBuffer copy = ByteBuffer.allocate(slice.remaining());
    copy.put(slice).flip();
    waiting.add(copy);
    takeTurn();
  }

  void complete() {
    atEnd = true;
    takeTurn();
  }

  void fail(Throwable cause) {
    failure = cause;
    atEnd = true;
    takeTurn();
  }

  private void takeTurn() {
    if (turns.getAndIncrement() != 0) {
      return; // whoever has the turn sees what changed
    }
    int seen = 1;
    do {
      pass();
      seen = turns.addAndGet(-seen);
    } while (seen != 0);
  }

  private void pass() {
    while (!closed && demand.get() > 0) {
      ByteBuffer slice = waiting.poll();
      if (slice == null) {
        break;
      }
      demand.decrementAndGet();
      owed += slice.remaining();
      subscriber.onNext(slice);
    }
    if (closed) {
      waiting.clear();
    } else if (atEnd && waiting.isEmpty()) {
      closed = true;
      Throwable cause = failure;
      if (cause == null) {
        subscriber.onComplete();
      } else {
        subscriber.onError(cause);
      }
    } else if (!atEnd && demand.get() > 0) {
      returnCredit();
    }
  }

  private void returnCredit() {
    CapacityChannel opened = channel;
    if (opened != null && owed > 0) {
      try {
        opened.update(owed);
        owed = 0;
      } catch (IOException e) {
        fail(e);
      }
    }
  }
}
