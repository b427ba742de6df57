/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport.http;

import io.github.llmcamel.transport.HttpCall;
import io.github.llmcamel.transport.ReplyHandler;
import io.github.llmcamel.transport.Transport;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 over pooled connections.
 *
 * <p>The pool itself sets no limit, since a request waiting in it is watched by no timer; the
 * number of calls is limited before they come here.
 */
public final class HttpComponentsTransport implements Transport {

  private static final TimeValue SELECT_INTERVAL = TimeValue.ofMilliseconds(50);

  private final CloseableHttpAsyncClient client;
  private final Set<ReplyConsumer> running = ConcurrentHashMap.newKeySet();

  /**
   * @param userAgent sent with every request
   */
  public HttpComponentsTransport(String userAgent) {
    client =
        HttpAsyncClients.custom()
            .setConnectionManager(
                PoolingAsyncClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(Integer.MAX_VALUE)
                    .setMaxConnPerRoute(Integer.MAX_VALUE)
                    .setDefaultTlsConfig(
                        TlsConfig.custom().setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1).build())
                    .build())
            .setIOReactorConfig(
                IOReactorConfig.custom()
                    .setSelectInterval(SELECT_INTERVAL)
                    .setTcpNoDelay(true)
                    .setSoKeepAlive(true)
                    .build())
            .setIoSessionDecorator(DataBeforeEnd::new)
            .setConnectionReuseStrategy(new KeptConnections())
            .setUserAgent(userAgent)
            // The client would repeat a POST that was answered 429.
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .addExecInterceptorFirst("connection", ExchangeConnection::remember)
            .build();
    client.start();
  }

  @Override
  public Cancellable send(HttpCall call, ReplyHandler handler) {
    return new UntilSent(reply -> sendOverNextConnection(call, reply), handler).send();
  }

  private Cancellable sendOverNextConnection(HttpCall call, ReplyHandler handler) {
    ReplyConsumer consumer = new ReplyConsumer(handler, running::remove);
    running.add(consumer);
    ExchangeConnection connection = new ExchangeConnection();
    HttpClientContext context = connection.in(context(call));
    Future<@Nullable Void> exchange;
    try {
      exchange = client.execute(producer(call), consumer, null, context, new FailureOf(consumer));
    } catch (RuntimeException e) {
      // A closed client or a URI it cannot route to.
      consumer.failed(e);
      return () -> {};
    }
    return () -> {
      exchange.cancel(true);
      connection.close();
    };
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
    // The client's threads may have ended before they told everybody.
    running.forEach(
        consumer -> consumer.failed(new CancellationException("The transport was closed.")));
  }

  private static AsyncRequestProducer producer(HttpCall call) {
    BasicHttpRequest request = new BasicHttpRequest(call.method(), call.uri());
    call.headers().forEach(request::setHeader);
    // The content type is among the headers; the entity must not add another one.
    return new BasicRequestProducer(
        request, call.body().length == 0 ? null : new BasicAsyncEntityProducer(call.body(), null));
  }

  @SuppressWarnings("deprecation") // the replacement is per connection pool, ours is per call
  private static HttpClientContext context(HttpCall call) {
    HttpClientContext context = HttpClientContext.create();
    context.setRequestConfig(
        RequestConfig.custom()
            .setConnectTimeout(Timeout.of(call.connectTimeout()))
            .setProtocolUpgradeEnabled(false)
            .setExpectContinueEnabled(false)
            .build());
    return context;
  }

  /** Hears of failures that never reach the consumer: no connection, a cancelled wait for one. */
  private record FailureOf(ReplyConsumer consumer) implements FutureCallback<@Nullable Void> {
    @Override
    public void completed(@Nullable Void nothing) {}

    @Override
    public void failed(Exception cause) {
      consumer.failed(cause);
    }

    @Override
    public void cancelled() {
      consumer.failed(new CancellationException("The call was cancelled."));
    }
  }
}
