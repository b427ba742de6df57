/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.ledger.Spending;
import io.github.llmcamel.examples.stages.StageResult;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What some calls cost together. A text of something that no call told is "unknown". */
final class Cost {

  private static final String UNKNOWN = "unknown";
  private static final int DIGITS = 3;

  private final Histogram millis = new Histogram(DIGITS);
  private final Histogram firstTokenMillis = new Histogram(DIGITS);
  private final Map<String, BigDecimal> money = new TreeMap<>();
  private int documents;
  private long calls;
  private long reused;
  private @Nullable Long inputTokens;
  private @Nullable Long outputTokens;

  void addDocument(DocumentResult result) {
    documents++;
    result.stages().values().forEach(this::add);
  }

  void add(StageResult stage) {
    calls += stage.calls();
    reused += stage.reused();
    Spending spent = stage.spent();
    millis.recordValue(millis(spent.seconds()));
    if (spent.firstTokenSeconds() != null) {
      firstTokenMillis.recordValue(millis(spent.firstTokenSeconds()));
    }
    inputTokens = sum(inputTokens, spent.inputTokens());
    outputTokens = sum(outputTokens, spent.outputTokens());
    if (spent.cost() != null) {
      money.merge(String.valueOf(spent.currency()), spent.cost(), BigDecimal::add);
    }
  }

  private static long millis(double seconds) {
    return Math.round(seconds * 1000);
  }

  private static @Nullable Long sum(@Nullable Long known, @Nullable Long more) {
    if (more == null) {
      return known;
    }
    return known == null ? more : Long.valueOf(known + more);
  }

  int documents() {
    return documents;
  }

  /** How often models were asked, in all runs together. */
  long calls() {
    return calls;
  }

  /** How many answers are from an earlier run. */
  long reused() {
    return reused;
  }

  String inputTokens() {
    return tokens(inputTokens);
  }

  String outputTokens() {
    return tokens(outputTokens);
  }

  /** Of the calls whose price is known, such as {@code 0.12 USD}. */
  String money() {
    return money.isEmpty()
        ? UNKNOWN
        : money.entrySet().stream()
            .map(sum -> sum.getValue().stripTrailingZeros().toPlainString() + " " + sum.getKey())
            .collect(Collectors.joining(" + "));
  }

  /** How long an answer takes in the middle and at worst. */
  String time() {
    return spread(millis);
  }

  /** When the first token comes, in the middle and at worst; known of streamed answers only. */
  String firstTokenTime() {
    return spread(firstTokenMillis);
  }

  private static String tokens(@Nullable Long count) {
    return count == null ? UNKNOWN : String.format(Locale.ROOT, "%,d", count);
  }

  private static String spread(Histogram millis) {
    if (millis.getTotalCount() == 0) {
      return UNKNOWN;
    }
    return String.format(
        Locale.ROOT,
        "%.2f s (%.2f s at most)",
        seconds(millis, millis.getValueAtPercentile(50)),
        seconds(millis, millis.getMaxValue()));
  }

  /** The histogram names the end of a range of values that are the same to it. */
  private static double seconds(Histogram millis, long value) {
    return millis.lowestEquivalentValue(value) / 1000.0;
  }
}
