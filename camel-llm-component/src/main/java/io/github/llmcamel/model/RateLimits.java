/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How much a provider allows and what is left of it, as the headers of its reply say. Where a
 * provider has several limits of one kind, such as by minute and by day, the tightest one.
 *
 * @param requests the limit of requests; {@link Limit#UNKNOWN} if the provider does not say
 * @param tokens the limit of tokens; {@link Limit#UNKNOWN} if the provider does not say
 */
public record RateLimits(Limit requests, Limit tokens) implements Serializable {

  /** Nothing known. */
  public static final RateLimits UNKNOWN = new RateLimits(Limit.UNKNOWN, Limit.UNKNOWN);

  public RateLimits {
    Objects.requireNonNull(requests, "requests");
    Objects.requireNonNull(tokens, "tokens");
  }

  /**
   * One limit. Each fact is null when the provider does not say.
   *
   * @param limit how many are allowed in one period
   * @param remaining how many are left in this period; 0 if it is used up
   * @param reset how long after the reply all are allowed again, never negative
   */
  public record Limit(@Nullable Long limit, @Nullable Long remaining, @Nullable Duration reset)
      implements Serializable {

    /** Nothing known. */
    public static final Limit UNKNOWN = new Limit(null, null, null);
  }
}
