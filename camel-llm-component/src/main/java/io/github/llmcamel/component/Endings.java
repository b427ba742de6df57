/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.client.Ending;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.observe.Cancellation;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** What an ending means to a route: nothing, or an exception. */
final class Endings {

  private Endings() {}

  /** What went wrong; null if the call completed. */
  static @Nullable Exception failure(Ending ending) {
    if (ending instanceof Ending.Failed failed) {
      return failed.failure();
    }
    return ending instanceof Ending.Cancelled cancelled
        ? new CancellationException(text(cancelled.reason()))
        : null;
  }

  /**
   * Throws what went wrong.
   *
   * @throws LlmException if the call failed
   */
  static void throwIfNotCompleted(Ending ending) throws LlmException {
    if (ending instanceof Ending.Failed failed) {
      throw failed.failure();
    }
    if (ending instanceof Ending.Cancelled cancelled) {
      throw new CancellationException(text(cancelled.reason()));
    }
  }

  private static String text(Cancellation reason) {
    return switch (reason) {
      case CLOSED_BY_CONSUMER -> "The stream was closed before the model had answered.";
      case ABANDONED ->
          "The stream was abandoned: nothing was taken from it for longer than consumerTimeout.";
      case STOPPED -> "The Camel context stopped before the model had answered.";
    };
  }
}
