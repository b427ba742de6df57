/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an answer took. What is unknown is null, never 0, and left out of JSON.
 *
 * @param inputTokens as the provider counted
 * @param outputTokens as the provider counted
 * @param cost in {@code currency}; null if the model has no price, or, of several answers together,
 *     if one of them has no cost or another currency
 * @param currency of ISO 4217; null if there is no cost
 * @param seconds from sending to the end of the answer
 * @param firstTokenSeconds from sending to the first token; null unless the answer was streamed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Spending(
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    @Nullable BigDecimal cost,
    @Nullable String currency,
    double seconds,
    @Nullable Double firstTokenSeconds) {

  /** Time, and nothing that anyone counted. */
  public static Spending time(double seconds) {
    return new Spending(null, null, null, null, seconds, null);
  }

  /**
   * This and that: tokens as far as they were counted, the cost if it is one. The time to a first
   * token is that of the later one.
   */
  public Spending plus(Spending later) {
    BigDecimal sum =
        cost == null || later.cost == null || !Objects.equals(currency, later.currency)
            ? null
            : cost.add(later.cost);
    return new Spending(
        sum(inputTokens, later.inputTokens),
        sum(outputTokens, later.outputTokens),
        sum,
        sum == null ? null : currency,
        seconds + later.seconds,
        later.firstTokenSeconds);
  }

  private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
    return one == null ? other : other == null ? one : Long.valueOf(one + other);
  }
}
