/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import java.util.HashSet;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges that an aggregated one is made of, as far as their sums go. Immutable, since an
 * aggregation that loses a race for its group is done again.
 */
final class Members {

  private static final String PROPERTY = "CamelLlmMembers";

  /** Few groups are larger; it limits what a group that is never complete holds. */
  private static final int LIMIT = 1_000;

  private final @Nullable Members others;
  private final ExchangeTotals latest;
  private final int size;
  private final Totals settled;

  private Members(@Nullable Members others, ExchangeTotals latest, int size, Totals settled) {
    this.others = others;
    this.latest = latest;
    this.size = size;
    this.settled = settled;
  }

  /**
   * Makes {@code joined} remember the sums of those that it was made of.
   *
   * @param before what there was before; null if {@code added} is the first
   */
  static void join(@Nullable Exchange before, Exchange added, Exchange joined) {
    ExchangeTotals totals = ExchangeTotals.of(added);
    joined.setProperty(PROPERTY, before == null ? of(totals) : in(before).and(totals));
  }

  /** Gives {@code exchange} the sum of its members, whichever of them it was. */
  static void sumUp(Exchange exchange) {
    if (exchange.removeProperty(PROPERTY) instanceof Members members) {
      members.joined().showOn(exchange);
    }
  }

  private static Members in(Exchange exchange) {
    Members members = exchange.getProperty(PROPERTY, Members.class);
    // A repository that writes exchanges down does not keep it.
    return members == null ? of(ExchangeTotals.of(exchange)) : members;
  }

  private static Members of(ExchangeTotals only) {
    return new Members(null, only, 1, Totals.NONE);
  }

  private Members and(ExchangeTotals another) {
    if (another == latest) {
      return this; // The next part of the same split.
    }
    // Of more members than the limit the numbers are kept, not who they were.
    return size < LIMIT
        ? new Members(this, another, size + 1, settled)
        : new Members(null, another, 1, sum(distinct()));
  }

  /**
   * The sum that the aggregated exchange starts with: that of its members, each counted once, or
   * the one that they share.
   */
  private ExchangeTotals joined() {
    Set<ExchangeTotals> distinct = distinct();
    return distinct.size() == 1 && settled.calls() == 0
        ? latest
        : new ExchangeTotals(sum(distinct));
  }

  private Totals sum(Set<ExchangeTotals> distinct) {
    return distinct.stream().map(ExchangeTotals::sum).reduce(settled, Totals::plus);
  }

  private Set<ExchangeTotals> distinct() {
    Set<ExchangeTotals> distinct = new HashSet<>();
    for (Members member = this; member != null; member = member.others) {
      distinct.add(member.latest);
    }
    return distinct;
  }
}
