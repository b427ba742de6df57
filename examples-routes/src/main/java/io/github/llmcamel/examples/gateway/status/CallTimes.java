/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How long the calls of one route took. Percentiles of several routes cannot be added up.
 *
 * @param ofRoute null for calls from outside of routes
 * @param firstTokenP50Millis null if no stream has begun to speak; so is {@code
 *     firstTokenP95Millis}
 * @param durationP50Millis null if no call has completed; so is {@code durationP95Millis}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CallTimes(
    @Nullable String ofRoute,
    @Nullable Long firstTokenP50Millis,
    @Nullable Long firstTokenP95Millis,
    @Nullable Long durationP50Millis,
    @Nullable Long durationP95Millis) {

  static CallTimes of(RouteCalls calls) {
    return new CallTimes(
        calls.routeId(),
        calls.firstTokenP50Millis(),
        calls.firstTokenP95Millis(),
        calls.durationP50Millis(),
        calls.durationP95Millis());
  }
}
