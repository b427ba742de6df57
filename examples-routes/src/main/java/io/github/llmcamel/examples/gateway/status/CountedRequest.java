/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.status;

import java.util.concurrent.atomic.AtomicReference;

/**
 * One request of a client, counted from its arrival to its end. Thread-safe: an answer may end, its
 * client leave and a timer strike at once.
 *
 * <p>Whoever has it must see to {@link #ended} on every way out; the rest may be left out.
 */
public final class CountedRequest {

  enum State {
    /** Its head is there; its body may still be on its way. Not shown. */
    ARRIVED,
    QUEUED,
    WORKED_ON,
    STREAMING,
    ENDED
  }

  private final GatewayCounts counts;
  private final AtomicReference<State> state = new AtomicReference<>(State.ARRIVED);

  CountedRequest(GatewayCounts counts) {
    this.counts = counts;
    counts.entered(State.ARRIVED);
  }

  /** It is there as a whole, and waits for its turn. Does nothing the second time. */
  public void queued() {
    move(State.ARRIVED, State.QUEUED);
  }

  /** Its turn, for which it was {@link #queued}, has come. Does nothing the second time. */
  public void admitted() {
    move(State.QUEUED, State.WORKED_ON);
  }

  /**
   * Its answer, to which {@link #admitted} led, has begun to stream. Does nothing the second time.
   */
  public void streaming() {
    move(State.WORKED_ON, State.STREAMING);
  }

  /** The gateway turns it away. Once at most; {@link #ended} follows. */
  public void rejected(Rejection reason) {
    counts.rejected(reason);
  }

  /** Its client left before the end of the answer. Once at most; {@link #ended} follows. */
  public void clientGone() {
    counts.clientGone();
  }

  /** Its client did not read and is cut off. Once at most; {@link #ended} follows. */
  public void slowClientCut() {
    counts.slowClientCut();
  }

  /**
   * It is over. Does nothing the second time.
   *
   * @param status that was sent; 0 if none was, which counts as no answer
   */
  public void ended(int status) {
    State last = state.getAndSet(State.ENDED);
    if (last != State.ENDED) {
      counts.left(last);
      counts.answered(status);
    }
  }

  private void move(State from, State to) {
    if (state.compareAndSet(from, to)) {
      counts.left(from);
      counts.entered(to);
    }
  }
}
