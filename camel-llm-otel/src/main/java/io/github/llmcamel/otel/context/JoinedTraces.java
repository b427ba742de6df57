/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The traces of the exchanges that one was made of, in the order they came. Immutable.
 *
 * <p>They are looked at as late as possible: a trace may start after its exchange was joined.
 */
final class JoinedTraces {

  private static final String PROPERTY = "CamelLlmJoinedTraces";

  /** Further ones are forgotten. One of them is the exchange's own. */
  private static final int LIMIT = 33;

  private final Set<SharedTrace> traces;

  private JoinedTraces(Set<SharedTrace> traces) {
    this.traces = traces;
  }

  /**
   * Makes {@code joined} remember the traces of those that it was made of.
   *
   * @param before what there was before; null if {@code added} is the first
   */
  static void join(@Nullable Exchange before, Exchange added, Exchange joined) {
    Set<SharedTrace> traces = new LinkedHashSet<>();
    if (before != null) {
      collect(before, traces);
    }
    collect(added, traces);
    if (traces.isEmpty()) {
      return;
    }
    if (traces.size() > 1) {
      joined.setProperty(PROPERTY, new JoinedTraces(traces));
    }
    if (joined.getProperty(ExchangeTrace.PROPERTY) == null) {
      joined.setProperty(ExchangeTrace.PROPERTY, traces.iterator().next());
    }
  }

  /** A span of each of the traces that {@code exchange} was made of; none if it is no aggregate. */
  static List<SpanContext> spans(Exchange exchange) {
    JoinedTraces joined = exchange.getProperty(PROPERTY, JoinedTraces.class);
    if (joined == null) {
      return List.of();
    }
    List<SpanContext> spans = new ArrayList<>();
    for (SharedTrace trace : joined.traces) {
      Context parent = trace.parent();
      if (parent != null) {
        spans.add(Span.fromContext(parent).getSpanContext());
      }
    }
    return spans;
  }

  private static void collect(Exchange exchange, Set<SharedTrace> traces) {
    JoinedTraces joined = exchange.getProperty(PROPERTY, JoinedTraces.class);
    SharedTrace own = exchange.getProperty(ExchangeTrace.PROPERTY, SharedTrace.class);
    if (joined != null) {
      joined.traces.forEach(trace -> add(trace, traces));
    } else if (own != null) {
      add(own, traces);
    }
  }

  private static void add(SharedTrace trace, Set<SharedTrace> traces) {
    if (traces.size() < LIMIT) {
      traces.add(trace);
    }
  }
}
