/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import java.time.Duration;
import java.util.List;

/**
 * How long a call may take, one limit for each thing it can wait for.
 *
 * @param connect for the TCP and TLS set-up, above zero
 * @param queue for a free place among the running calls; zero is no limit
 * @param firstByte from sending to the first event, or to the head of a whole answer; zero is no
 *     limit
 * @param idle between two events, or two pieces of a whole answer; keep-alive comments do not
 *     count, nor does the time in which the reader wants nothing; zero is no limit
 * @param request from start to end; zero is no limit
 * @param consumer for the reader of a live answer to take something, once it is full; zero is no
 *     limit
 */
public record Timeouts(
    Duration connect,
    Duration queue,
    Duration firstByte,
    Duration idle,
    Duration request,
    Duration consumer) {

  public Timeouts {
    if (connect.isZero()) {
      throw new IllegalArgumentException("The time to connect must be above 0.");
    }
    for (Duration limit : List.of(connect, queue, firstByte, idle, request, consumer)) {
      if (limit.isNegative()) {
        throw new IllegalArgumentException("A time limit must not be negative.");
      }
    }
  }
}
