/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import io.github.llmcamel.price.Cost;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of an exchange and all its copies come to. Thread-safe.
 *
 * <p>Camel copies the property that holds it, so that the parts of a split and the exchange they
 * come from add to one sum. Each shows it in properties for routes to read.
 */
public final class ExchangeTotals {

  public static final String CALLS = "CamelLlmTotalCalls";
  public static final String INPUT_TOKENS = "CamelLlmTotalInputTokens";
  public static final String OUTPUT_TOKENS = "CamelLlmTotalOutputTokens";
  public static final String MILLIS = "CamelLlmTotalMillis";
  public static final String COST = "CamelLlmTotalCost";
  public static final String COST_CURRENCY = "CamelLlmTotalCostCurrency";

  /** The exchange property that holds what the exchange and its copies share. */
  static final String PROPERTY = "CamelLlmTotals";

  private volatile Totals sum;

  ExchangeTotals(Totals sum) {
    this.sum = sum;
  }

  /** The sum of {@code exchange}; the first look must be taken before the exchange is copied. */
  public static ExchangeTotals of(Exchange exchange) {
    ExchangeTotals totals = exchange.getProperty(PROPERTY, ExchangeTotals.class);
    if (totals == null) {
      totals = new ExchangeTotals(Totals.NONE);
      exchange.setProperty(PROPERTY, totals);
    }
    return totals;
  }

  /** The sum so far. */
  Totals sum() {
    return sum;
  }

  /**
   * Adds what {@code exchange} has spent, and shows it there unless Camel has reused it since.
   *
   * @param exchange null if it has gone
   */
  public void add(@Nullable Exchange exchange, Totals spent) {
    add(spent);
    if (exchange != null && exchange.getProperty(PROPERTY) == this) {
      show(exchange);
    }
  }

  /**
   * The sum of {@code exchange} after a node. If the node put the properties of another exchange in
   * place of its own, as strategies that merge the two do, what that one spent is added.
   */
  Totals after(Exchange exchange) {
    ExchangeTotals found = exchange.getProperty(PROPERTY, ExchangeTotals.class);
    if (found != this) {
      exchange.setProperty(PROPERTY, this);
      if (found != null) {
        add(found.sum);
      }
    }
    return show(exchange);
  }

  /** Makes this the sum of {@code exchange} from now on. */
  void showOn(Exchange exchange) {
    exchange.setProperty(PROPERTY, this);
    show(exchange);
  }

  private synchronized void add(Totals spent) {
    sum = sum.plus(spent);
  }

  private Totals show(Exchange exchange) {
    Totals shown = sum;
    if (shown.calls() == 0 || Objects.equals(exchange.getProperty(CALLS), shown.calls())) {
      return shown;
    }
    while (true) {
      exchange.setProperty(INPUT_TOKENS, shown.inputTokens());
      exchange.setProperty(OUTPUT_TOKENS, shown.outputTokens());
      exchange.setProperty(MILLIS, TimeUnit.NANOSECONDS.toMillis(shown.nanos()));
      Cost cost = shown.cost();
      exchange.setProperty(COST, cost == null ? null : cost.amount());
      exchange.setProperty(COST_CURRENCY, cost == null ? null : cost.currency().getCurrencyCode());
      exchange.setProperty(CALLS, shown.calls());
      // The end of a live answer may show an older sum at the same moment: the latest stays.
      Totals latest = sum;
      if (latest.calls() == shown.calls()) {
        return shown;
      }
      shown = latest;
    }
  }
}
