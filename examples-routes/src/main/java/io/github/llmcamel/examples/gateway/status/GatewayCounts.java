/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.status;

import static java.util.Objects.requireNonNull;

import io.github.llmcamel.examples.gateway.status.CountedRequest.State;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts the requests of clients since the start of the gateway. Thread-safe. */
public final class GatewayCounts {

  private static final List<String> STATUS_CLASSES = List.of("2xx", "3xx", "4xx", "5xx");

  private final Instant since;
  private final Map<State, LongAdder> now = counters(List.of(State.values()));
  private final Map<String, LongAdder> answered = counters(STATUS_CLASSES);
  private final Map<Rejection, LongAdder> rejected = counters(List.of(Rejection.values()));
  private final LongAdder clientsGone = new LongAdder();
  private final LongAdder slowClientsCut = new LongAdder();

  /**
   * @param clock says when counting began, which is now
   */
  public GatewayCounts(Clock clock) {
    since = clock.instant();
  }

  /** Counts a request whose head has come. */
  public CountedRequest arrived() {
    return new CountedRequest(this);
  }

  Instant since() {
    return since;
  }

  void entered(State state) {
    of(now, state).increment();
  }

  void left(State state) {
    of(now, state).decrement();
  }

  void answered(int status) {
    LongAdder counter = answered.get(status / 100 + "xx");
    if (counter != null) {
      counter.increment();
    }
  }

  void rejected(Rejection reason) {
    of(rejected, reason).increment();
  }

  void clientGone() {
    clientsGone.increment();
  }

  void slowClientCut() {
    slowClientsCut.increment();
  }

  RequestCounts read() {
    long streams = of(now, State.STREAMING).sum();
    return new RequestCounts(
        of(now, State.WORKED_ON).sum() + streams,
        of(now, State.QUEUED).sum(),
        streams,
        sums(answered),
        sums(rejected),
        clientsGone.sum(),
        slowClientsCut.sum());
  }

  private static <K> LongAdder of(Map<K, LongAdder> counters, K key) {
    return requireNonNull(counters.get(key));
  }

  private static <K> Map<K, LongAdder> counters(List<K> keys) {
    return keys.stream()
        .collect(Collectors.toUnmodifiableMap(Function.identity(), k -> new LongAdder()));
  }

  private static <K> Map<K, Long> sums(Map<K, LongAdder> counters) {
    Map<K, Long> sums = new TreeMap<>();
    counters.forEach((key, counter) -> sums.put(key, counter.sum()));
    return sums;
  }
}
