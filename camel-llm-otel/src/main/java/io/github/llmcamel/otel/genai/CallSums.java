/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.github.llmcamel.model.Usage;

/** Adds up what the calls of one caller come to. Thread-safe. */
@FunctionalInterface
public interface CallSums {

  /** Adds up nothing. */
  CallSums NONE = (usage, nanos) -> {};

  /**
   * A call has ended, in whatever way: once for each call, and before the route goes on unless the
   * answer is live.
   *
   * @param nanos its duration
   */
  void ended(Usage usage, long nanos);
}
