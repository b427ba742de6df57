/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import io.github.llmcamel.component.RequestPreview;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Lets calls through a gate in the order in which they come. Thread-safe.
 *
 * <p>A call that has to wait occupies no thread. It waits for calls that are out, and not longer
 * than they take, however they end: with the last of them it is let out or refused.
 */
final class CallQueue {

  private final CallGate gate;
  private final Queue<Waiting> waiting = new ArrayDeque<>();

  /**
   * @param gate that nobody else enters: they would leave it without the queue's knowledge
   */
  CallQueue(CallGate gate) {
    this.gate = gate;
  }

  /**
   * A call is about to go out.
   *
   * @return is there as soon as it may; fails with a {@link BudgetSpentException} if it must not
   */
  CompletableFuture<CallGate.Pass> enter(RequestPreview request) {
    Waiting last = new Waiting(request, new CompletableFuture<>());
    synchronized (this) {
      waiting.add(last);
    }
    letIn();
    return last.pass();
  }

  /** Who waits for an answer is told it without the lock: they may come back at once. */
  private void letIn() {
    decide().forEach(Runnable::run);
  }

  private synchronized List<Runnable> decide() {
    List<Runnable> decided = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Waiting first = waiting.element();
      try {
        CallGate.Pass pass = gate.enter(first.request());
        if (pass == null) {
          break;
        }
        decided.add(() -> first.pass().complete(thatLetsIn(pass)));
      } catch (Exception | Error e) { // The others must not wait behind it forever.
        decided.add(() -> first.pass().completeExceptionally(e));
      }
      waiting.remove();
    }
    return decided;
  }

  private CallGate.Pass thatLetsIn(CallGate.Pass pass) {
    return (spent, failure) -> {
      try {
        pass.leave(spent, failure);
      } finally {
        letIn();
      }
    };
  }

  private record Waiting(RequestPreview request, CompletableFuture<CallGate.Pass> pass) {}
}
