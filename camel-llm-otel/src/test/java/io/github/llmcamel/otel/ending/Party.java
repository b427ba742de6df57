/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.ending;

import java.util.List;

/**
 * A call and all that it may be known by: its mark is in each word that it says or is told.
 *
 * @param mark its name
 * @param provider nobody else's
 * @param traceId of the span it is below
 * @param parentId of that span
 */
record Party(String mark, String provider, String traceId, String parentId) {

  static final Party OWN =
      new Party("alpha", "vllm", "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");

  /** Somebody else. */
  static final Party NEIGHBOUR =
      new Party("bravo", "lmstudio", "1bf7651916cd43dd8448eb211c80319d", "c7ad6b7169203332");

  String model() {
    return "m-" + mark;
  }

  String routeId() {
    return "route-" + mark;
  }

  /** What nobody else's telemetry may hold. */
  List<String> marks() {
    return List.of(mark, provider, traceId);
  }
}
