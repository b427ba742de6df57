/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import io.github.llmcamel.component.RequestPreview;
import io.github.llmcamel.examples.ledger.Spending;
import io.github.llmcamel.examples.ledger.Sums;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.price.Cost;
import io.github.llmcamel.price.Price;
import io.github.llmcamel.price.PriceTable;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls that would be made, and what they would come to. Thread-safe, but for its sums:
 * read them when no call is out.
 */
public final class CallEstimate implements CallGate {

  private final Supplier<PriceTable> prices;
  private final Set<String> withoutPrice = new TreeSet<>();
  private final Sums expected = new Sums();
  private final Sums atMost = new Sums();
  private long calls;
  private long withoutLimit;

  /**
   * @param prices known once calls are counted
   */
  public CallEstimate(Supplier<PriceTable> prices) {
    this.prices = prices;
  }

  @Override
  public Pass enter(RequestPreview request) {
    return (taken, failure) -> {
      if (failure == null) {
        count(request, taken);
      }
    };
  }

  private synchronized void count(RequestPreview request, Spending taken) {
    calls++;
    Long input = taken.inputTokens();
    Long output = taken.outputTokens();
    Integer most = request.maxTokens();
    expected.add(priced(request, input, output));
    if (most == null) {
      withoutLimit++;
    } else {
      atMost.add(priced(request, input, Long.valueOf(most)));
    }
  }

  private Spending priced(RequestPreview request, @Nullable Long input, @Nullable Long output) {
    Price price = prices.get().find(request.provider(), request.model());
    Cost cost = price == null ? null : price.of(new Usage(input, output, null, null, null, null));
    if (cost == null) {
      withoutPrice.add(request.provider() + " " + request.model());
      return new Spending(input, output, null, null, 0, null);
    }
    return new Spending(input, output, cost.amount(), cost.currency().getCurrencyCode(), 0, null);
  }

  /** How many calls would be made. */
  public synchronized long calls() {
    return calls;
  }

  /** What they come to if answers are as long as the simulator's. */
  public Sums expected() {
    return expected;
  }

  /**
   * What those come to that ask for a number of tokens at most, if each answer has as many. It is
   * no bound of all calls if there are others: see {@link #withoutLimit}.
   */
  public Sums atMost() {
    return atMost;
  }

  /** How many calls do not ask for a number of tokens at most. */
  public synchronized long withoutLimit() {
    return withoutLimit;
  }

  /** Providers and models without a price, so that their calls are in no sum of money. */
  public synchronized Set<String> withoutPrice() {
    return new TreeSet<>(withoutPrice);
  }
}
