/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.statistics;

import io.github.llmcamel.observe.Call;
import io.github.llmcamel.observe.CallObservation;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Counts all calls, by provider, model and route. Thread-safe.
 *
 * <p>Bounded: messages can name any model, so only the first groups are told apart.
 */
public final class CallStatistics {

  static final int MOST_GROUPS = 200;
  static final int LONGEST_MODEL = 200;

  private final Map<CallGroup, CallCounters> counters = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  /**
   * @param nanoTime a monotonic clock in nanoseconds
   */
  public CallStatistics(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Counts a call that starts.
   *
   * @param routeId the route that makes it; null if none does
   * @return counts the rest of it; never throws
   */
  public CallObservation start(Call call, @Nullable String routeId) {
    return new CountedCall(call, counters(call, routeId), nanoTime);
  }

  /** The numbers of each group, by name. */
  public List<CallCounts> groups() {
    return counters.entrySet().stream()
        .map(entry -> entry.getValue().read(entry.getKey()))
        .sorted(Comparator.comparing(CallCounts::group, Comparator.comparing(CallGroup::toString)))
        .toList();
  }

  /** One number, over all groups. */
  public long sum(ToLongFunction<CallCounts> number) {
    return groups().stream().mapToLong(number).sum();
  }

  /**
   * How many milliseconds {@code percent} of all first tokens took at most, over all groups; null
   * if there are none. See {@link CallCounts}.
   */
  public @Nullable Long firstTokenMillis(int percent) {
    return millis(group -> group.firstTokens, percent);
  }

  /**
   * How many milliseconds {@code percent} of all calls that completed took at most, over all
   * groups; null if there are none. See {@link CallCounts}.
   */
  public @Nullable Long durationMillis(int percent) {
    return millis(group -> group.durations, percent);
  }

  private @Nullable Long millis(Function<CallCounters, TimeHistogram> times, int percent) {
    TimeHistogram all = new TimeHistogram();
    counters.values().forEach(group -> all.addAll(times.apply(group)));
    Duration percentile = all.percentile(percent);
    return percentile == null ? null : percentile.toMillis();
  }

  private CallCounters counters(Call call, @Nullable String routeId) {
    String model = call.request().model();
    if (model != null && model.length() > LONGEST_MODEL) {
      return of(CallGroup.OTHER);
    }
    CallGroup group = new CallGroup(call.provider().name(), model, routeId);
    CallCounters known = counters.get(group);
    if (known != null) {
      return known;
    }
    // Threads that come here at once may add a few more than that.
    return of(counters.size() < MOST_GROUPS ? group : CallGroup.OTHER);
  }

  private CallCounters of(CallGroup group) {
    return counters.computeIfAbsent(group, unused -> new CallCounters());
  }
}
