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
import java.math.BigDecimal;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The most that a run may spend, of tokens or of money. Thread-safe.
 *
 * <p>Each call that is out reserves what it may come to: see {@link TokenEstimate}. Most take less,
 * so a call for which nothing is left waits for them, and is refused only where nothing is
 * reserved. An answer that nobody has counted is taken for as large as what was reserved for it.
 */
public final class Budget implements CallGate {

  private final BigDecimal most;
  private final Measure measure;
  private final TokenEstimate estimate = new TokenEstimate();
  private BigDecimal spent = BigDecimal.ZERO;
  private BigDecimal reserved = BigDecimal.ZERO;
  private @Nullable String exhausted;

  private Budget(BigDecimal most, Measure measure) {
    this.most = most;
    this.measure = measure;
  }

  /** Tokens of input and output together, 1 and above. */
  public static Budget ofTokens(long most) {
    return new Budget(BigDecimal.valueOf(most), new Tokens());
  }

  /**
   * Money, above 0, in the currency of the prices. A call whose price is unknown, or in a second
   * currency, is refused.
   *
   * @param prices known once calls are made
   */
  public static Budget ofCost(BigDecimal most, Supplier<PriceTable> prices) {
    return new Budget(most, new Money(prices));
  }

  @Override
  public synchronized @Nullable Pass enter(RequestPreview request) throws BudgetSpentException {
    try {
      BigDecimal mayTake = measure.estimate(request, estimate.of(request));
      if (spent.add(reserved).add(mayTake).compareTo(most) > 0) {
        return refuse(mayTake);
      }
      reserved = reserved.add(mayTake);
      return (taken, failure) -> leave(request, mayTake, taken, failure);
    } catch (BudgetSpentException e) {
      exhausted = e.getMessage();
      throw e;
    }
  }

  /** For now, if something is reserved. */
  private @Nullable Pass refuse(BigDecimal mayTake) throws BudgetSpentException {
    if (reserved.signum() > 0) {
      return null;
    }
    throw new BudgetSpentException(
        "The budget is %s; %s are spent, and the next call may take %s."
            .formatted(measure.text(most), measure.text(spent), measure.text(mayTake)));
  }

  private synchronized void leave(
      RequestPreview request, BigDecimal mayTake, Spending taken, @Nullable Throwable failure) {
    reserved = reserved.subtract(mayTake);
    BigDecimal counted = measure.taken(taken);
    if (counted != null) {
      spent = spent.add(counted);
    } else if (failure == null) {
      spent = spent.add(mayTake);
    }
    estimate.learn(request, taken);
  }

  @Override
  public synchronized @Nullable String exhausted() {
    return exhausted;
  }

  /** What is counted. */
  private sealed interface Measure {

    BigDecimal estimate(RequestPreview request, Usage usage) throws BudgetSpentException;

    /** Null if nobody has counted. */
    @Nullable BigDecimal taken(Spending spending);

    String text(BigDecimal amount);
  }

  private record Tokens() implements Measure {

    @Override
    public BigDecimal estimate(RequestPreview request, Usage usage) {
      return sum(usage.inputTokens(), usage.outputTokens());
    }

    @Override
    public @Nullable BigDecimal taken(Spending spending) {
      Long input = spending.inputTokens();
      Long output = spending.outputTokens();
      return input == null && output == null ? null : sum(input, output);
    }

    private static BigDecimal sum(@Nullable Long input, @Nullable Long output) {
      return BigDecimal.valueOf((input == null ? 0 : input) + (output == null ? 0 : output));
    }

    @Override
    public String text(BigDecimal amount) {
      return String.format(Locale.ROOT, "%,d tokens", amount.longValue());
    }
  }

  /** In one currency, that of the first price: nobody can say what two come to. */
  private static final class Money implements Measure {

    private final Supplier<PriceTable> prices;
    private @Nullable String currency;

    private Money(Supplier<PriceTable> prices) {
      this.prices = prices;
    }

    @Override
    public BigDecimal estimate(RequestPreview request, Usage usage) throws BudgetSpentException {
      Price price = prices.get().find(request.provider(), request.model());
      Cost cost = price == null ? null : price.of(usage);
      if (cost == null) {
        throw new BudgetSpentException(
            "The model %s of %s has no price, so nobody can say what is left of the budget. Add it"
                    .formatted(request.model(), request.provider())
                + " to a price table: camel.component.llm.price-table.");
      }
      String itsCurrency = cost.currency().getCurrencyCode();
      currency = currency == null ? itsCurrency : currency;
      if (!currency.equals(itsCurrency)) {
        throw new BudgetSpentException(
            "The budget is in %s, and the price of the model %s of %s in %s. Give it one in %1$s."
                .formatted(currency, request.model(), request.provider(), itsCurrency));
      }
      return cost.amount();
    }

    @Override
    public @Nullable BigDecimal taken(Spending spending) {
      return spending.cost();
    }

    @Override
    public String text(BigDecimal amount) {
      String number = amount.stripTrailingZeros().toPlainString();
      return currency == null ? number : number + " " + currency;
    }
  }
}
