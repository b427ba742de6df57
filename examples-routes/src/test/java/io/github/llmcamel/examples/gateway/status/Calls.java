/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.status;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls as the console may show them. */
final class Calls {

  private Calls() {}

  static RouteCalls of(@Nullable String model, @Nullable String routeId, long calls) {
    return new RouteCalls(
        "vllm",
        model,
        routeId,
        calls,
        2,
        1,
        3,
        4,
        10 * calls,
        5 * calls,
        20L,
        95L,
        calls,
        950L,
        Map.of("429", 2L));
  }

  /** As of a provider that tells no tokens, before any call has ended. */
  static RouteCalls justBegun() {
    return new RouteCalls(
        "vllm", "m", "chat", 1, 0, 0, 1, 0, 0, 0, null, null, null, null, Map.of());
  }

  /** What the component no longer tells apart. */
  static RouteCalls other(long calls) {
    return new RouteCalls(
        "other", null, null, calls, 0, 0, 0, 0, 0, 0, null, null, null, null, Map.of());
  }
}
