/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.function.Function;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node of a route that runs within the trace of its exchange, as far as its calling thread goes,
 * and after which the exchange, and Camel's span of its route, show what the calls come to.
 *
 * <p>For the rest it is that node: what it returns, reports or throws passes unchanged.
 */
public final class TracedNode extends DelegateAsyncProcessor {

  private static final Logger LOG = LoggerFactory.getLogger(TracedNode.class);

  private final Function<Totals, Attributes> description;

  /**
   * Traces {@code node}.
   *
   * @param description what the span of a route says about the calls of its exchange
   */
  public TracedNode(Processor node, Function<Totals, Attributes> description) {
    super(node);
    this.description = description;
  }

  @Override
  @SuppressWarnings("try") // a scope is there to be closed
  public boolean process(Exchange exchange, AsyncCallback callback) {
    Context before = Context.current();
    ExchangeTrace trace = ExchangeTrace.of(exchange);
    Context missing = trace.missing();
    DoneOutside done = new DoneOutside(exchange, trace, Redelivery.enter(exchange, callback));
    try (Scope scope = (missing == null ? before : missing).makeCurrent()) {
      return super.process(exchange, done);
    } finally {
      CurrentContext.restore(before);
      done.release();
    }
  }

  /**
   * Holds back a completion on the calling thread until the scope there is closed, and shows the
   * sums before it passes the completion on.
   */
  private final class DoneOutside implements AsyncCallback {
    private final Exchange exchange;
    private final ExchangeTrace trace;
    private final AsyncCallback callback;
    private final ExchangeTotals totals;
    private final long callsBefore;
    private final Thread caller = Thread.currentThread();
    // Both belong to the calling thread.
    private boolean released;
    private @Nullable Boolean held;

    private DoneOutside(Exchange exchange, ExchangeTrace trace, AsyncCallback callback) {
      this.exchange = exchange;
      this.trace = trace;
      this.callback = callback;
      totals = ExchangeTotals.of(exchange);
      callsBefore = totals.sum().calls();
    }

    @Override
    public void done(boolean doneSync) {
      if (Thread.currentThread() == caller && !released) {
        held = doneSync;
      } else {
        finish(doneSync);
      }
    }

    private void release() {
      released = true;
      if (held != null) {
        finish(held);
      }
    }

    private void finish(boolean doneSync) {
      try {
        Totals sum = totals.after(exchange);
        if (sum.calls() != callsBefore) {
          trace.describeRoute(description, sum);
        }
      } catch (RuntimeException | LinkageError e) {
        // The span of a tracer that we do not know; the exchange would wait for ever.
        LOG.debug("The sums of an exchange cannot be shown", e);
      }
      callback.done(doneSync);
    }
  }
}
