/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import java.time.Duration;

/**
 * How fast tokens come.
 *
 * @param toFirstToken zero or more
 * @param perToken from one token to the next; zero for as fast as possible
 */
record Pace(Duration toFirstToken, Duration perToken) {

  private static final double LONGEST_NANOS = Duration.ofDays(1).toNanos();

  /**
   * @param firstTokenMs zero or more
   * @param tokensPerSecond above zero; infinite for as fast as possible
   */
  static Pace of(double firstTokenMs, double tokensPerSecond) {
    return new Pace(nanos(firstTokenMs * 1e6), nanos(1e9 / tokensPerSecond));
  }

  /** Until the last of so many tokens. */
  Duration toLastToken(int tokens) {
    double between = (double) perToken.toNanos() * Math.max(0, tokens - 1);
    return nanos(toFirstToken.toNanos() + between);
  }

  private static Duration nanos(double nanos) {
    return Duration.ofNanos((long) Math.min(nanos, LONGEST_NANOS));
  }
}
