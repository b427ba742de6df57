/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import io.github.llmcamel.price.Cost;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What some calls come to, however they ended.
 *
 * @param calls how many have ended
 * @param inputTokens what providers counted; null if none did
 * @param outputTokens what providers counted; null if none did
 * @param nanos the durations of the calls, one after the other
 * @param costs of the calls whose model has a price, by currency
 */
public record Totals(
    long calls,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    long nanos,
    Map<Currency, BigDecimal> costs) {

  /** No calls. */
  static final Totals NONE = new Totals(0, null, null, 0, Map.of());

  /** One call; null what is not known of it. */
  public static Totals ofCall(
      @Nullable Long inputTokens, @Nullable Long outputTokens, long nanos, @Nullable Cost cost) {
    return new Totals(
        1,
        inputTokens,
        outputTokens,
        nanos,
        cost == null ? Map.of() : Map.of(cost.currency(), cost.amount()));
  }

  /** What is known of the costs; null if nothing is, or they are in several currencies. */
  public @Nullable Cost cost() {
    if (costs.size() != 1) {
      return null;
    }
    Map.Entry<Currency, BigDecimal> only = costs.entrySet().iterator().next();
    return new Cost(only.getValue(), only.getKey());
  }

  /** These calls and {@code more}. */
  Totals plus(Totals more) {
    return new Totals(
        calls + more.calls,
        sum(inputTokens, more.inputTokens),
        sum(outputTokens, more.outputTokens),
        nanos + more.nanos,
        sum(costs, more.costs));
  }

  private static Map<Currency, BigDecimal> sum(
      Map<Currency, BigDecimal> some, Map<Currency, BigDecimal> more) {
    if (some.isEmpty() || more.isEmpty()) {
      return some.isEmpty() ? more : some;
    }
    Map<Currency, BigDecimal> sum = new HashMap<>(some);
    more.forEach((currency, amount) -> sum.merge(currency, amount, BigDecimal::add));
    return sum;
  }

  /** What is known of the two, since a call that was not counted takes nothing from the others. */
  private static @Nullable Long sum(@Nullable Long some, @Nullable Long more) {
    if (some == null || more == null) {
      return some == null ? more : some;
    }
    return some + more;
  }
}
