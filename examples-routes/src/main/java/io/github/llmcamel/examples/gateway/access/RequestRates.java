/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.access;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.llmcamel.examples.gateway.access.RequestRate.Decision;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the requests of each key. Safe for many threads; none waits.
 *
 * <p>As many requests as the limit may come at once, then they come back one by one, evenly over
 * the minute. It knows keys that have asked, and forgets those that are not configured any more.
 */
public final class RequestRates {

  private static final Duration PER = Duration.ofMinutes(1);

  private final Map<String, Limited> byId = new ConcurrentHashMap<>();
  private final TimeMeter clock;

  /** Counts by the clock of this machine that nobody sets. */
  public RequestRates() {
    this(TimeMeter.SYSTEM_NANOTIME);
  }

  RequestRates(TimeMeter clock) {
    this.clock = clock;
  }

  private record Limited(int requestsPerMinute, Bucket bucket) {}

  /**
   * Counts a request, if it may go on.
   *
   * @param key one that is configured
   * @return empty if the key has no limit
   */
  public Optional<RequestRate> count(ApiKey key) {
    Integer limit = key.requestsPerMinute();
    if (limit == null) {
      return Optional.empty();
    }
    ConsumptionProbe probe = bucket(key.id(), limit).tryConsumeAndReturnRemaining(1);
    return Optional.of(
        new RequestRate(
            probe.isConsumed() ? Decision.ALLOWED : Decision.REFUSED,
            limit,
            probe.getRemainingTokens(),
            Duration.ofNanos(probe.getNanosToWaitForRefill()),
            Duration.ofNanos(probe.getNanosToWaitForReset())));
  }

  private Bucket bucket(String id, int limit) {
    Limited known = byId.get(id);
    if (known == null || known.requestsPerMinute() != limit) {
      known =
          byId.compute(
              id,
              (same, old) ->
                  old != null && old.requestsPerMinute() == limit
                      ? old
                      : new Limited(limit, bucket(limit)));
    }
    return known.bucket();
  }

  private Bucket bucket(int limit) {
    return Bucket.builder()
        .addLimit(bandwidth -> bandwidth.capacity(limit).refillGreedy(limit, PER))
        .withCustomTimePrecision(clock)
        .build();
  }

  /**
   * Forgets all other keys. What those have used that stay is still used, unless their limit
   * changes.
   */
  public void retain(ApiKeys keys) {
    byId.keySet().retainAll(keys.ids());
  }
}
