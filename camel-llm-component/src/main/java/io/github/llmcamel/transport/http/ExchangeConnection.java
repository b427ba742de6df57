/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport.http;

import java.io.IOException;
import java.util.Objects;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one exchange, so that cancelling closes it whatever the client does.
 *
 * <p>The client (5.5.1) cancels the step that was registered last. When a connection is set up, the
 * thread that asked for it may register that finished step after the I/O thread has registered the
 * running one; cancelling then does nothing, and the server goes on sending. Thread-safe.
 */
final class ExchangeConnection {

  private static final String ATTRIBUTE = ExchangeConnection.class.getName();

  private volatile @Nullable AsyncExecRuntime runtime;

  /** Puts this into the context of its exchange, where {@link #remember} finds it. */
  HttpClientContext in(HttpClientContext context) {
    context.setAttribute(ATTRIBUTE, this);
    return context;
  }

  /** A step of the client's execution chain: keeps who holds the connection. */
  static void remember(
      HttpRequest request,
      @Nullable AsyncEntityProducer body,
      AsyncExecChain.Scope scope,
      AsyncExecChain chain,
      AsyncExecCallback callback)
      throws HttpException, IOException {
    Object connection = Objects.requireNonNull(scope.clientContext.getAttribute(ATTRIBUTE));
    ((ExchangeConnection) connection).runtime = scope.execRuntime;
    chain.proceed(request, body, scope, callback);
  }

  /**
   * Closes the connection if there is one. One that is still being set up is closed by the client,
   * which finds its exchange cancelled in the next step.
   */
  void close() {
    AsyncExecRuntime holder = runtime;
    if (holder != null && holder.isEndpointConnected()) {
      holder.discardEndpoint();
    }
  }
}
