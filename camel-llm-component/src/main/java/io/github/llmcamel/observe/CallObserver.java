/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.observe;

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
   * This observer, wrapped so that what it throws is logged once and dropped. What {@code observer}
   * returns is wrapped too.
   */
  static CallObserver safe(CallObserver observer) {
    return observer == NONE ? NONE : new SafeObserver(observer);
  }
}
