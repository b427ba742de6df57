/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport.http;

import io.github.llmcamel.transport.ReplyHandler;
import io.github.llmcamel.transport.Transport.Cancellable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.hc.core5.http.RequestNotExecutedException;

/**
 * Takes another connection for a request that was not sent, since the server had closed the first.
 *
 * <p>A server closes a connection that has been idle for too long; a request that comes right then
 * is given a connection that is about to be found closed. The exception says that nothing of the
 * request has been written, so it is still sent once. Thread-safe.
 */
final class UntilSent implements ReplyHandler, Cancellable {

  /** The pool may hold several connections that the server has closed. */
  private static final int MOST_ATTEMPTS = 5;

  private final Function<ReplyHandler, Cancellable> connection;
  private final ReplyHandler handler;
  private final AtomicInteger attempts = new AtomicInteger();
  private final Queue<Cancellable> begun = new ConcurrentLinkedQueue<>();
  private volatile boolean cancelled;

  /**
   * @param connection sends the request over the next connection; does not block
   */
  UntilSent(Function<ReplyHandler, Cancellable> connection, ReplyHandler handler) {
    this.connection = connection;
    this.handler = handler;
  }

  /** Begins. */
  UntilSent send() {
    attempts.incrementAndGet();
    Cancellable attempt = connection.apply(this);
    begun.add(attempt);
    if (cancelled) {
      attempt.cancel();
    }
    return this;
  }

  @Override
  public Flow.Subscriber<ByteBuffer> onHead(int status, Map<String, List<String>> headers) {
    return handler.onHead(status, headers);
  }

  @Override
  public void onFailure(Throwable cause) {
    if (cause instanceof RequestNotExecutedException
        && !cancelled
        && attempts.get() < MOST_ATTEMPTS) {
      send();
    } else {
      handler.onFailure(cause);
    }
  }

  /** Also of those that have ended, for which it is too late to matter. */
  @Override
  public void cancel() {
    cancelled = true;
    begun.forEach(Cancellable::cancel);
  }
}
