/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.statistics;

import io.github.llmcamel.price.Cost;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The numbers of one group of calls while they change. Thread-safe. */
final class CallCounters {

  static final int MOST_ERROR_TYPES = 32;

  private static final String OTHER = "other";

  final LongAdder calls = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder cancelled = new LongAdder();
  final LongAdder queued = new LongAdder();
  final LongAdder inFlight = new LongAdder();
  final TimeHistogram firstTokens = new TimeHistogram();
  final TimeHistogram durations = new TimeHistogram();

  private final LongAdder inputTokens = new LongAdder();
  private final LongAdder outputTokens = new LongAdder();
  private final Map<Currency, BigDecimal> costs = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();

  /** Adds what a call cost; null adds nothing. */
  void cost(@Nullable Cost cost) {
    if (cost != null) {
      costs.merge(cost.currency(), cost.amount(), BigDecimal::add);
    }
  }

  /** Adds what a provider has said; null adds nothing. */
  void tokens(@Nullable Long input, @Nullable Long output) {
    if (input != null) {
      inputTokens.add(input);
    }
    if (output != null) {
      outputTokens.add(output);
    }
  }

  void error(String type) {
    failed.increment();
    // A server may answer with any status.
    String kept = errors.containsKey(type) || errors.size() < MOST_ERROR_TYPES ? type : OTHER;
    errors.computeIfAbsent(kept, unused -> new LongAdder()).increment();
  }

  private List<Cost> costsByCurrency() {
    return costs.entrySet().stream()
        .map(sum -> new Cost(sum.getValue(), sum.getKey()))
        .sorted(Comparator.comparing(cost -> cost.currency().getCurrencyCode()))
        .toList();
  }

  CallCounts read(CallGroup group) {
    Map<String, Long> byType = new HashMap<>();
    errors.forEach((type, count) -> byType.put(type, count.sum()));
    return new CallCounts(
        group,
        calls.sum(),
        failed.sum(),
        cancelled.sum(),
        queued.sum(),
        inFlight.sum(),
        inputTokens.sum(),
        outputTokens.sum(),
        costsByCurrency(),
        byType,
        firstTokens.percentile(50),
        firstTokens.percentile(95),
        durations.percentile(50),
        durations.percentile(95));
  }
}
