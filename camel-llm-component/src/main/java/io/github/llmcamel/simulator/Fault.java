/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is to go wrong, and how often.
 *
 * @param every only every such call fails, 1 or more; 0 for each call without counting it
 */
record Fault(Kind kind, int every) {

  /** The ways to fail. */
  enum Kind {
    RATE_LIMIT("429"),
    SERVER_ERROR("500"),
    RESET("reset"),
    STALL("stall"),
    TRUNCATE("truncate");

    private final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  /** Null if nothing is to go wrong. */
  static @Nullable Fault read(Members members) throws InvalidRequestException {
    String word = members.word("fail");
    int every = members.integer("failEvery", 0, Integer.MAX_VALUE);
    if (word == null) {
      return every == 0 ? null : new Fault(Kind.SERVER_ERROR, every);
    }
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(known -> known.word.equals(word))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidRequestException(
                        "fail",
                        "fail must be 429, 500, reset, stall or truncate, such as"
                            + " extra.fail=429."));
    return new Fault(kind, every);
  }

  /**
   * Whether this call is one that fails.
   *
   * @param calls how many calls have been counted; counts this one if it is to be counted
   */
  boolean strikes(AtomicLong calls) {
    return every == 0 || calls.incrementAndGet() % every == 0;
  }
}
