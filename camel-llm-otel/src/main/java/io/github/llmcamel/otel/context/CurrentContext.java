/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextStorage;

/** The context that is current on a thread. */
final class CurrentContext {

  private CurrentContext() {}

  /**
   * Makes {@code before} current again on this thread.
   *
   * <p>Camel's tracers close the scope of an asynchronous endpoint late, on another thread, or not
   * at all if the exchange is faster than its thread. A scope around that one does not close then.
   */
  static void restore(Context before) {
    if (Context.current() != before) {
      ContextStorage.get().attach(before);
    }
  }
}
