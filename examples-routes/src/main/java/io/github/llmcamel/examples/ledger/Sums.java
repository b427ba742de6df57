/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What any number of calls come to, in words. What none of them told is "unknown"; of no calls it
 * is 0. Not thread-safe.
 */
public final class Sums {

  private static final String UNKNOWN = "unknown";

  private final Map<String, BigDecimal> money = new TreeMap<>();
  private @Nullable Long inputTokens;
  private @Nullable Long outputTokens;
  private boolean hasCalls;
  private boolean hasUnknownCost;

  /** An answer, or several. */
  public void add(Spending spent) {
    addTokens(spent.inputTokens(), spent.outputTokens());
    addCost(spent.cost(), spent.currency());
  }

  /**
   * Calls whose cost is added apart, or for which nobody has a bill, since they failed.
   *
   * @param input null if no provider counted them
   * @param output null if no provider counted them
   */
  public void addTokens(@Nullable Long input, @Nullable Long output) {
    hasCalls = true;
    inputTokens = sum(inputTokens, input);
    outputTokens = sum(outputTokens, output);
  }

  /**
   * What calls cost whose tokens are added apart.
   *
   * @param cost null if it is unknown
   * @param currency null if there is no cost
   */
  public void addCost(@Nullable BigDecimal cost, @Nullable String currency) {
    if (cost == null || currency == null) {
      hasUnknownCost = true;
    } else {
      money.merge(currency, cost, BigDecimal::add);
    }
  }

  /** As far as providers counted them, such as {@code 12,345}. */
  public String inputTokens() {
    return text(inputTokens);
  }

  /** As far as providers counted them, such as {@code 12,345}. */
  public String outputTokens() {
    return text(outputTokens);
  }

  /**
   * Each currency for itself, such as {@code 0.12 EUR + 0.3 USD + unknown}: calls without a price
   * are named, not counted as 0.
   */
  public String money() {
    if (money.isEmpty()) {
      return hasCalls ? UNKNOWN : "0";
    }
    return money.entrySet().stream()
            .map(sum -> sum.getValue().stripTrailingZeros().toPlainString() + " " + sum.getKey())
            .collect(Collectors.joining(" + "))
        + (hasUnknownCost ? " + " + UNKNOWN : "");
  }

  /** Such as {@code 12,345 tokens, 0.012 USD}, without what is unknown of all calls; may be "". */
  @Override
  public String toString() {
    List<String> known = new ArrayList<>();
    Long tokens = sum(inputTokens, outputTokens);
    if (tokens != null) {
      known.add(text(tokens) + " tokens");
    }
    if (!money.isEmpty()) {
      known.add(money());
    }
    return String.join(", ", known);
  }

  private String text(@Nullable Long tokens) {
    if (tokens == null) {
      return hasCalls ? UNKNOWN : "0";
    }
    return String.format(Locale.ROOT, "%,d", tokens);
  }

  private static @Nullable Long sum(@Nullable Long known, @Nullable Long more) {
    return known == null ? more : more == null ? known : Long.valueOf(known + more);
  }
}
