/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;

/**
 * A node of a route that runs within the trace of its exchange, as far as its calling thread goes.
 *
 * <p>For the rest it is that node: what it returns, reports or throws passes unchanged.
 */
public final class TracedNode extends DelegateAsyncProcessor {

  /** Traces {@code node}. */
  public TracedNode(Processor node) {
    super(node);
  }

  @Override
  @SuppressWarnings("try") // a scope is there to be closed
  public boolean process(Exchange exchange, AsyncCallback callback) {
    Context before = Context.current();
    Context missing = ExchangeTrace.of(exchange).missing();
    DoneOutside done = new DoneOutside(Redelivery.enter(exchange, callback));
    try (Scope scope = (missing == null ? before : missing).makeCurrent()) {
      return super.process(exchange, done);
    } finally {
      CurrentContext.restore(before);
      done.release();
    }
  }

  /** Holds back a completion on the calling thread until the scope there is closed. */
  private static final class DoneOutside implements AsyncCallback {
    private final AsyncCallback callback;
    private final Thread caller = Thread.currentThread();
    // Both belong to the calling thread.
    private boolean released;
    private @Nullable Boolean held;

    private DoneOutside(AsyncCallback callback) {
      this.callback = callback;
    }

    @Override
    public void done(boolean doneSync) {
      if (Thread.currentThread() == caller && !released) {
        held = doneSync;
      } else {
        callback.done(doneSync);
      }
    }

    private void release() {
      released = true;
      if (held != null) {
        callback.done(held);
      }
    }
  }
}
