/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a call, read when it starts.
 *
 * @param place where the call's span goes
 * @param routeId the route that makes the call; null for a call from outside of routes
 * @param nodeId the node of that route; null for a call from outside of routes
 * @param exchangeId null if it is not known
 * @param conversationId the caller's own id of the conversation; null if it gives none
 * @param userId the caller's own id of its user, as it is; null if it gives none
 * @param purpose what the call is for, in the caller's words; null if it does not say
 */
public record Caller(
    SpanPlace place,
    @Nullable String routeId,
    @Nullable String nodeId,
    @Nullable String exchangeId,
    @Nullable String conversationId,
    @Nullable String userId,
    @Nullable String purpose) {
  public Caller {
    Objects.requireNonNull(place, "place");
  }

  /** Names the route only: the rest may be personal. */
  @Override
  public String toString() {
    return "Caller[routeId=%s, nodeId=%s]".formatted(routeId, nodeId);
  }
}
