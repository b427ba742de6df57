/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport.http;

import io.github.llmcamel.transport.HttpCall;
import io.github.llmcamel.transport.HttpProxy;
import io.github.llmcamel.transport.HttpSettings;
import io.github.llmcamel.transport.HttpSettings.ProtocolVersion;
import io.github.llmcamel.transport.ReplyHandler;
import io.github.llmcamel.transport.Transport;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 and HTTP/2 over pooled connections.
 *
 * <p>The pool itself sets no limit, since a request waiting in it is watched by no timer; the
 * number of calls is limited before they come here. A connection of HTTP/2 carries one exchange at
 * a time as well: the client (5.5.1) closes it whenever one is cancelled or fails, whatever others
 * it shares it with.
 */
public final class HttpComponentsTransport implements Transport {

  private static final TimeValue SELECT_INTERVAL = TimeValue.ofMilliseconds(50);
  private static final int LONGEST_HEADER_LINE = 64 * 1024;
  private static final int MOST_HEADERS = 200;
  private static final int LARGEST_HEAD = 256 * 1024;

  private final HttpSettings settings;
  private final CloseableHttpAsyncClient client;
  private final Set<ReplyConsumer> running = ConcurrentHashMap.newKeySet();

  /**
   * @param userAgent sent with every request
   */
  public HttpComponentsTransport(String userAgent, HttpSettings settings) {
    this.settings = settings;
    HttpAsyncClientBuilder builder =
        HttpAsyncClients.custom()
            .setConnectionManager(connections(settings))
            .setIOReactorConfig(
                IOReactorConfig.custom()
                    .setSelectInterval(SELECT_INTERVAL)
                    .setTcpNoDelay(true)
                    .setSoKeepAlive(true)
                    .build())
            .setIoSessionDecorator(DataBeforeEnd::new)
            .setHttp1Config(
                Http1Config.custom()
                    .setMaxLineLength(LONGEST_HEADER_LINE)
                    .setMaxHeaderCount(MOST_HEADERS)
                    .build())
            .setH2Config(
                H2Config.custom().setPushEnabled(false).setMaxHeaderListSize(LARGEST_HEAD).build())
            .setConnectionReuseStrategy(new KeptConnections())
            // A client certificate would tie each connection to the call that made it.
            .disableConnectionState()
            .setUserAgent(userAgent)
            // The client would repeat a POST that was answered 429.
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .addExecInterceptorFirst("connection", ExchangeConnection::remember)
            .addExecInterceptorLast("established", ExchangeConnection::reach);
    HttpProxy proxy = settings.proxy();
    if (proxy != null) {
      builder.setRoutePlanner(new ProxyRoutes(proxy));
      builder.setDefaultCredentialsProvider(credentials(proxy));
    }
    client = builder.build();
    client.start();
  }

  private static AsyncClientConnectionManager connections(HttpSettings settings) {
    HttpVersionPolicy versions =
        settings.version() == ProtocolVersion.AUTO
            ? HttpVersionPolicy.NEGOTIATE
            : HttpVersionPolicy.FORCE_HTTP_1;
    SSLContext tls = settings.tls() != null ? settings.tls() : SSLContexts.createDefault();
    return PoolingAsyncClientConnectionManagerBuilder.create()
        .setMaxConnTotal(Integer.MAX_VALUE)
        .setMaxConnPerRoute(Integer.MAX_VALUE)
        .setTlsStrategy(
            ClientTlsStrategyBuilder.create()
                .setSslContext(tls)
                // The default leaves it to the JVM, but tells the JVM too late (5.5.1): any
                // trusted certificate would do for every host.
                .setHostVerificationPolicy(HostnameVerificationPolicy.BOTH)
                .buildAsync())
        .setDefaultTlsConfig(TlsConfig.custom().setVersionPolicy(versions).build())
        .build();
  }

  private static CredentialsProvider credentials(HttpProxy proxy) {
    BasicCredentialsProvider known = new BasicCredentialsProvider();
    HttpProxy.Credentials own = proxy.credentials();
    if (own != null) {
      known.setCredentials(
          new AuthScope(proxy.host(), proxy.port()),
          new UsernamePasswordCredentials(own.username(), own.password().toCharArray()));
    }
    return known;
  }

  @Override
  public Cancellable send(HttpCall call, ReplyHandler handler) {
    String host = call.uri().getHost();
    HttpProxy proxy = settings.proxy();
    boolean isProxied = proxy != null && proxy.isFor(host);
    ReplyHandler explained = new SetUpFailure(handler, host, isProxied ? proxy : null);
    return new UntilSent(reply -> sendOverNextConnection(call, reply), explained).send();
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
    // What is compressed may be held back on its way until it is worth it.
    request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
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
