/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange and all its copies know of their trace: the parent of their calls. Without one,
 * the first call starts the trace and is the parent of the others. Thread-safe.
 */
final class SharedTrace {

  private volatile @Nullable Context parent;

  /**
   * @param parent null if the first call is to start the trace
   */
  SharedTrace(@Nullable Context parent) {
    this.parent = parent;
  }

  /** The parent of the next call; null before the first call of a trace that starts here. */
  @Nullable Context parent() {
    return parent;
  }

  /** Starts the span of a call; see {@link ExchangeTrace#start}. */
  Context start(UnaryOperator<Context> start) {
    Context known = parent;
    return known == null ? startFirst(start) : start.apply(known);
  }

  private Context startFirst(UnaryOperator<Context> start) {
    Context known;
    // Two branches of a parallel split may both come first: one starts the trace, and the other
    // waits for this one span to start, or it would start a second trace.
    synchronized (this) {
      known = parent;
      if (known == null) {
        Context first = start.apply(Context.root());
        parent = idsOf(first);
        return first;
      }
    }
    return start.apply(known);
  }

  /** The exchange may outlive the call: nothing else of its span is kept. */
  private static Context idsOf(Context context) {
    return Context.root().with(Span.wrap(Span.fromContext(context).getSpanContext()));
  }
}
