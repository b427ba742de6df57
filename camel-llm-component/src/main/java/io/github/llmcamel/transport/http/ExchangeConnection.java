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
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one exchange: cancelling closes it whatever the client does, and it knows who
 * answers.
 *
 * <p>The client (5.5.1) cancels the step that was registered last. When a connection is set up, the
 * thread that asked for it may register that finished step after the I/O thread has registered the
 * running one; cancelling then does nothing, and the server goes on sending. Thread-safe.
 */
final class ExchangeConnection {

  private static final String ATTRIBUTE = ExchangeConnection.class.getName();

  private volatile @Nullable AsyncExecRuntime runtime;
  private volatile boolean proxied;
  private volatile boolean established;

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
    ExchangeConnection connection = of(scope.clientContext);
    connection.runtime = scope.execRuntime;
    connection.proxied = scope.route.getProxyHost() != null;
    chain.proceed(request, body, scope, callback);
  }

  /** A later step, after the one that opens a tunnel: keeps that there is a way to the server. */
  static void reach(
      HttpRequest request,
      @Nullable AsyncEntityProducer body,
      AsyncExecChain.Scope scope,
      AsyncExecChain chain,
      AsyncExecCallback callback)
      throws HttpException, IOException {
    of(scope.clientContext).established = true;
    chain.proceed(request, body, scope, callback);
  }

  /**
   * Whether a proxy answers instead of the server: it opened no tunnel, or knows not who asks.
   *
   * @param context of the exchange
   */
  static boolean isAnsweredByProxy(int status, HttpContext context) {
    ExchangeConnection connection = of(context);
    return connection.proxied
        && (!connection.established || status == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED);
  }

  private static ExchangeConnection of(HttpContext context) {
    return (ExchangeConnection) Objects.requireNonNull(context.getAttribute(ATTRIBUTE));
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
