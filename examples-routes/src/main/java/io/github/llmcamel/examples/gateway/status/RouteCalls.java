/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.status;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one model by one route, as the component's developer console shows them.
 *
 * @param model null for calls that name none
 * @param routeId null for calls from outside of routes
 * @param inputTokens 0 also if no provider has said any; so are {@code outputTokens}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record RouteCalls(
    String provider,
    @Nullable String model,
    @Nullable String routeId,
    long calls,
    long failed,
    long cancelled,
    long inFlight,
    long queued,
    long inputTokens,
    long outputTokens,
    @Nullable Long firstTokenP50Millis,
    @Nullable Long firstTokenP95Millis,
    @Nullable Long durationP50Millis,
    @Nullable Long durationP95Millis,
    Map<String, Long> errors) {

  /** Calls that the component no longer tells apart, since there are too many groups of them. */
  boolean areOther() {
    return provider.equals("other") && model == null;
  }
}
