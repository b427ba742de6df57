/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one model, or of several that are shown as one.
 *
 * @param provider who is asked; null for several
 * @param model the model that is asked for; null for calls that name none, and for several
 * @param requests calls that have started
 * @param queued calls that wait for a place at the provider now
 * @param inputTokens as far as providers have said; null while none has said any
 * @param outputTokens as {@code inputTokens}
 * @param errors how many failed, by their error type
 * @param routes how many routes ask it
 * @param times those of the route that asks most; null for several models
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ModelCalls(
    @Nullable String provider,
    @Nullable String model,
    long requests,
    long failed,
    long cancelled,
    long inFlight,
    long queued,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    Map<String, Long> errors,
    int routes,
    @Nullable CallTimes times) {

  /**
   * @param calls of one model, by route; not empty
   */
  static ModelCalls ofOne(List<RouteCalls> calls) {
    RouteCalls most = calls.stream().max(Comparator.comparingLong(RouteCalls::calls)).orElseThrow();
    return sum(most.provider(), most.model(), calls, CallTimes.of(most));
  }

  static ModelCalls ofSeveral(List<RouteCalls> calls) {
    return sum(null, null, calls, null);
  }

  private static ModelCalls sum(
      @Nullable String provider,
      @Nullable String model,
      List<RouteCalls> calls,
      @Nullable CallTimes times) {
    return new ModelCalls(
        provider,
        model,
        sum(calls, RouteCalls::calls),
        sum(calls, RouteCalls::failed),
        sum(calls, RouteCalls::cancelled),
        sum(calls, RouteCalls::inFlight),
        sum(calls, RouteCalls::queued),
        nullIfNone(sum(calls, RouteCalls::inputTokens)),
        nullIfNone(sum(calls, RouteCalls::outputTokens)),
        errors(calls),
        (int) calls.stream().map(RouteCalls::routeId).distinct().count(),
        times);
  }

  private static long sum(List<RouteCalls> calls, ToLongFunction<RouteCalls> number) {
    return calls.stream().mapToLong(number).sum();
  }

  private static @Nullable Long nullIfNone(long tokens) {
    return tokens == 0 ? null : tokens;
  }

  private static Map<String, Long> errors(List<RouteCalls> calls) {
    Map<String, Long> errors = new TreeMap<>();
    for (RouteCalls some : calls) {
      some.errors().forEach((type, count) -> errors.merge(type, count, Long::sum));
    }
    return errors;
  }
}
