/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import io.github.llmcamel.component.RequestPreview;
import io.github.llmcamel.examples.ledger.Spending;
import org.jspecify.annotations.Nullable;

/** Says of each call of a model whether it may go out. Thread-safe. */
public interface CallGate {

  /** Lets all calls out. */
  CallGate OPEN = request -> (spent, failure) -> {};

  /**
   * A call is about to go out; returns at once.
   *
   * @return is told what became of it, once; null if it may go out only when another one has ended,
   *     which is then still out
   * @throws BudgetSpentException if it must not, however those end that are out
   */
  @Nullable Pass enter(RequestPreview request) throws BudgetSpentException;

  /** Why no more calls will go out, in a sentence; null if some may. */
  default @Nullable String exhausted() {
    return null;
  }

  /** A call that is out. */
  @FunctionalInterface
  interface Pass {

    /**
     * The call has ended.
     *
     * @param spent what it took
     * @param failure null if it was answered
     */
    void leave(Spending spent, @Nullable Throwable failure);
  }
}
