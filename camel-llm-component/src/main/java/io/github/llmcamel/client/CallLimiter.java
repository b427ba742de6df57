/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

/**
 * Limits how many calls to one server run at a time; the others wait in order, occupying no thread.
 * Thread-safe.
 *
 * <p>All calls to a server count, whatever endpoint they come from; each goes by its own limits,
 * and none overtakes the one in front of it.
 */
final class CallLimiter {

  /** One call's place. */
  final class Turn {
    private final String server;
    private final CallLimits limits;
    private final Runnable go;

    private Turn(String server, CallLimits limits, Runnable go) {
      this.server = server;
      this.limits = limits;
      this.go = go;
    }

    /** Gives the place away, whether the call has run or still waits. Once is enough. */
    void end() {
      leave(this);
    }
  }

  private static final class Lane {
    private final Set<Turn> running = new LinkedHashSet<>();
    private final Set<Turn> waiting = new LinkedHashSet<>();

    private boolean hasPlaceFor(Turn turn) {
      int most = turn.limits.maxConcurrentRequests();
      return most == 0 || running.size() < most;
    }
  }

  private final Map<String, Lane> lanes = new HashMap<>();
  // Else a call that fails as soon as it may go would start the next one on top of its own stack.
  private final Mailbox starts = new Mailbox();
  private boolean closed;

  /**
   * Asks for a place.
   *
   * @param go runs when there is one: at once, or on the thread that frees it; it must not block
   * @throws RejectedExecutionException if too many wait already
   */
  Turn enter(String server, CallLimits limits, Runnable go) {
    Turn turn = new Turn(server, limits, go);
    if (add(turn)) {
      go.run();
    }
    return turn;
  }

  /** From now on nobody who waits may go. */
  synchronized void close() {
    closed = true;
  }

  private synchronized boolean add(Turn turn) {
    Lane lane = lanes.computeIfAbsent(turn.server, unused -> new Lane());
    if (lane.waiting.isEmpty() && lane.hasPlaceFor(turn)) {
      return lane.running.add(turn);
    }
    if (lane.waiting.size() >= turn.limits.maxQueuedRequests()) {
      throw new RejectedExecutionException("The queue is full.");
    }
    lane.waiting.add(turn);
    return false;
  }

  private void leave(Turn turn) {
    for (Turn next : remove(turn)) {
      starts.handle(next.go);
    }
  }

  /** Returns those who may go now. */
  private synchronized List<Turn> remove(Turn turn) {
    Lane lane = lanes.get(turn.server);
    if (lane == null || !(lane.running.remove(turn) || lane.waiting.remove(turn))) {
      return List.of();
    }
    List<Turn> next = new ArrayList<>();
    Iterator<Turn> waiting = lane.waiting.iterator();
    while (waiting.hasNext() && !closed) {
      Turn first = waiting.next();
      if (!lane.hasPlaceFor(first)) {
        break;
      }
      waiting.remove();
      lane.running.add(first);
      next.add(first);
    }
    if (lane.running.isEmpty()) {
      lanes.remove(turn.server);
    }
    return next;
  }
}
