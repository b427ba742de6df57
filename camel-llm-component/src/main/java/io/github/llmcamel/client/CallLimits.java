/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import java.time.Duration;
import java.util.List;

/**
 * How long a call may take and how much may come back.
 *
 * @param connectTimeout for the TCP and TLS set-up, above zero
 * @param firstByteTimeout from sending to the first event, or to the head of a whole answer; zero
 *     is no limit
 * @param idleTimeout between two events, or two pieces of a whole answer; keep-alive comments do
 *     not count; zero is no limit
 * @param requestTimeout from start to end; zero is no limit
 * @param maxResponseBytes the largest answer, above zero
 */
public record CallLimits(
    Duration connectTimeout,
    Duration firstByteTimeout,
    Duration idleTimeout,
    Duration requestTimeout,
    long maxResponseBytes) {

  public CallLimits {
    if (connectTimeout.isZero() || maxResponseBytes <= 0) {
      throw new IllegalArgumentException("connectTimeout and maxResponseBytes must be above 0.");
    }
    for (Duration limit : List.of(connectTimeout, firstByteTimeout, idleTimeout, requestTimeout)) {
      if (limit.isNegative()) {
        throw new IllegalArgumentException("A time limit must not be negative.");
      }
    }
  }
}
