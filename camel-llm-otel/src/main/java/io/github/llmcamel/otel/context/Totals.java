/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import org.jspecify.annotations.Nullable;

/**
 * What some calls come to, however they ended.
 *
 * @param calls how many have ended
 * @param inputTokens what providers counted; null if none did
 * @param outputTokens what providers counted; null if none did
 * @param nanos the durations of the calls, one after the other
 */
public record Totals(
    long calls, @Nullable Long inputTokens, @Nullable Long outputTokens, long nanos) {

  /** No calls. */
  static final Totals NONE = new Totals(0, null, null, 0);

  /** These calls and {@code more}. */
  Totals plus(Totals more) {
    return new Totals(
        calls + more.calls,
        sum(inputTokens, more.inputTokens),
        sum(outputTokens, more.outputTokens),
        nanos + more.nanos);
  }

  /** What is known of the two, since a call that was not counted takes nothing from the others. */
  private static @Nullable Long sum(@Nullable Long some, @Nullable Long more) {
    if (some == null || more == null) {
      return some == null ? more : some;
    }
    return some + more;
  }
}
