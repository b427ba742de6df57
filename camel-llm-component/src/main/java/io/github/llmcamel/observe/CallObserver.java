/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.observe;

import java.util.List;

/** Is told of every model call when it starts. Thread-safe. */
@FunctionalInterface
public interface CallObserver {

  /** Follows nothing. */
  CallObserver NONE = call -> CallObservation.NONE;

  /**
   * A call starts; runs on the thread that starts it.
   *
   * @return what follows this call to its end, for this call alone
   */
  CallObservation start(Call call);

  /**
   * Tells all of {@code observers}. What one of them, or one of their observations, throws is
   * dropped and logged once for each place it comes from; the others and the call do not notice.
   */
  static CallObserver safe(List<CallObserver> observers) {
    return observers.isEmpty() ? NONE : new SafeObserver(observers);
  }
}
