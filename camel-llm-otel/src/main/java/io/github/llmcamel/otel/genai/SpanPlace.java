/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.opentelemetry.context.Context;
import java.util.function.UnaryOperator;

/** Where in a trace the span of a call goes. Thread-safe. */
@FunctionalInterface
public interface SpanPlace {

  /**
   * Starts a span here.
   *
   * @param start starts a span below the context it is given (the root: a trace of its own) and
   *     returns that context with the span; called once, on this thread
   * @return what {@code start} returned
   */
  Context start(UnaryOperator<Context> start);
}
