/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * An exchange that occupies no thread while its call runs.
 *
 * @param pool runs the rest of the route
 */
record WaitingExchange(Exchange exchange, AsyncCallback callback, Executor pool) {

  /** Lets the route go on, on the pool, after {@code write}. Once. */
  void goOn(Runnable write) {
    try {
      // The rest of the route must not run on the thread that serves other calls' bytes.
      pool.execute(() -> complete(write));
    } catch (RejectedExecutionException e) {
      // The pool has stopped with the context; an exchange is never left hanging.
      complete(write);
    }
  }

  private void complete(Runnable write) {
    try {
      write.run();
    } catch (RuntimeException e) {
      exchange.setException(e);
    }
    callback.done(false);
  }
}
