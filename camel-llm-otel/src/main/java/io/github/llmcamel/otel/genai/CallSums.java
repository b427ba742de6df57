/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.github.llmcamel.model.Usage;
import io.github.llmcamel.price.Cost;
import org.jspecify.annotations.Nullable;

/** Adds up what the calls of one caller come to. Thread-safe. */
@FunctionalInterface
public interface CallSums {

  /** Adds up nothing. */
  CallSums NONE = (usage, cost, nanos) -> {};

  /**
   * A call has ended, in whatever way: once for each call, and before the route goes on unless the
   * answer is live.
   *
   * @param cost null if its model has no price, or the provider counted nothing
   * @param nanos its duration
   */
  void ended(Usage usage, @Nullable Cost cost, long nanos);
}
