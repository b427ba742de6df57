/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;

/** Finds the context whose span the span of a call becomes a child of. */
public final class OtelParent {

  /** The baggage entry by which camel-opentelemetry2 marks a context that it made current. */
  private static final String LEFT_BY_CAMEL = "camelScope";

  private OtelParent() {}

  /**
   * The context that is current on this thread, if it holds a span that is to be trusted; else the
   * root.
   *
   * <p>camel-opentelemetry2 leaves its context current on the calling thread of an asynchronous
   * producer, where it would become the parent of work that has nothing to do with it.
   */
  public static Context current() {
    Context current = Context.current();
    boolean trusted =
        Span.fromContext(current).getSpanContext().isValid()
            && Baggage.fromContext(current).getEntryValue(LEFT_BY_CAMEL) == null;
    return trusted ? current : Context.root();
  }
}
