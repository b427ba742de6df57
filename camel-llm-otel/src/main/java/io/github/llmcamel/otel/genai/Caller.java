/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.opentelemetry.context.Context;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a call, read when it starts.
 *
 * @param parent holds the span that the call's span becomes a child of; the root if there is none
 * @param routeId the route that makes the call; null for a call from outside of routes
 * @param exchangeId null if it is not known
 */
public record Caller(Context parent, @Nullable String routeId, @Nullable String exchangeId) {
  public Caller {
    Objects.requireNonNull(parent, "parent");
  }
}
