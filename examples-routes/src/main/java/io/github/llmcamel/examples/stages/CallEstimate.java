/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import io.github.llmcamel.component.RequestPreview;
import io.github.llmcamel.examples.ledger.Spending;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.price.Cost;
import io.github.llmcamel.price.Price;
import io.github.llmcamel.price.PriceTable;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts the calls that would be made, and what they would come to. Thread-safe. */
public final class CallEstimate implements CallGate {

  private final Supplier<PriceTable> prices;
  private final Set<String> withoutPrice = new TreeSet<>();
  private Spending expected = Spending.time(0);
  private Spending atMost = Spending.time(0);
  private long calls;

  /**
   * @param prices known once calls are counted
   */
  public CallEstimate(Supplier<PriceTable> prices) {
    this.prices = prices;
  }

  @Override
  public Pass enter(RequestPreview request) {
    return (taken, failure) -> count(request, taken);
  }

  private synchronized void count(RequestPreview request, Spending taken) {
    calls++;
    Long input = taken.inputTokens();
    Long output = taken.outputTokens();
    Integer most = request.maxTokens();
    expected = expected.plus(priced(request, input, output));
    atMost = atMost.plus(priced(request, input, most == null ? output : Long.valueOf(most)));
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
  public synchronized Spending expected() {
    return expected;
  }

  /** What they come to if each answer has as many tokens as are asked for at most. */
  public synchronized Spending atMost() {
    return atMost;
  }

  /** Providers and models without a price, so that their calls are in no sum of money. */
  public synchronized Set<String> withoutPrice() {
    return new TreeSet<>(withoutPrice);
  }
}
