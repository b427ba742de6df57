/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import io.github.llmcamel.examples.gateway.api.OpenAiError;
import java.time.Duration;
import org.eclipse.jetty.http.HttpStatus;

/**
 * How long a request may take to arrive. It is looked at whenever a piece arrives, which needs no
 * timer: when none does, the connection is idle, and that has a limit of its own.
 */
final class TimeLimit {

  private TimeLimit() {}

  /**
   * @param begin when the first byte of the request came, as {@link System#nanoTime} tells
   */
  static boolean isOver(long begin, Duration limit) {
    return System.nanoTime() - begin > limit.toNanos();
  }

  /** The error for a client that has not kept to it, or has stalled. */
  static OpenAiError passed() {
    return OpenAiError.invalid(
        HttpStatus.REQUEST_TIMEOUT_408,
        "request_timeout",
        "The request took too long to arrive. Send it again.");
  }
}
