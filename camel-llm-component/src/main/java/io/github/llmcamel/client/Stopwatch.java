/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Takes the times of one call. Mutable, confined to one call. */
final class Stopwatch {

  private final Clockwork clockwork;
  private final long startedAt;
  private long sentAt;
  private @Nullable Long firstTokenAt;

  /** The call starts now. */
  Stopwatch(Clockwork clockwork) {
    this.clockwork = clockwork;
    this.startedAt = clockwork.now();
    this.sentAt = startedAt;
  }

  void sent() {
    sentAt = clockwork.now();
  }

  /** Something with content came; only the first time counts. */
  void token() {
    if (firstTokenAt == null) {
      firstTokenAt = clockwork.now();
    }
  }

  /** The times so far. */
  CallTiming timing() {
    return new CallTiming(
        Duration.ofNanos(clockwork.now() - startedAt),
        firstTokenAt == null ? null : Duration.ofNanos(firstTokenAt - sentAt));
  }
}
