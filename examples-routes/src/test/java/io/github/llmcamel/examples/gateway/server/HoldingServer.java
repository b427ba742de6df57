/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import static java.util.Objects.requireNonNull;

import io.github.llmcamel.testkit.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Watches the client of every request, and holds the request until the test answers it. */
final class HoldingServer implements AutoCloseable {

  static final int PATIENCE_SECONDS = 20;

  private final QueuedThreadPool threads = new QueuedThreadPool(16);
  private final Server server = new Server(threads);
  private final ServerConnector connector;
  private final @Nullable SSLContext clientContext;
  private final BlockingQueue<Held> held = new LinkedBlockingQueue<>();

  private HoldingServer(@Nullable TestCertificate certificate) throws Exception {
    clientContext = certificate == null ? null : certificate.trustingContext();
    connector =
        certificate == null
            ? new ServerConnector(server)
            : new ServerConnector(server, context(certificate), new HttpConnectionFactory());
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Holding());
    server.start();
  }

  static HoldingServer plain() throws Exception {
    return new HoldingServer(null);
  }

  static HoldingServer tls(TestCertificate certificate) throws Exception {
    return new HoldingServer(certificate);
  }

  private static SslContextFactory.Server context(TestCertificate certificate) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(certificate.context());
    return tls;
  }

  /** A connection whose reads fail after a while. */
  Socket connect() throws Exception {
    return clientContext == null ? connectPlain() : handshake(connectPlain());
  }

  /** The same without TLS, also if the server wants it. */
  Socket connectPlain() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_SECONDS * 1000);
    return socket;
  }

  /** TLS over {@code socket}, and closed with it. */
  SSLSocket handshake(Socket socket) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            requireNonNull(clientContext)
                .getSocketFactory()
                .createSocket(socket, "127.0.0.1", socket.getPort(), true);
    tls.startHandshake();
    return tls;
  }

  /** The next request that has been read. */
  Held next() throws InterruptedException {
    return requireNonNull(held.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "no request has come");
  }

  int connections() {
    return connector.getConnectedEndPoints().size();
  }

  /** Threads of the server that do something or could. */
  int threads() {
    return threads.getThreads();
  }

  @Override
  public void close() {
    LifeCycle.stop(server);
  }

  private final class Holding extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Content.Source.asString(
          request,
          StandardCharsets.UTF_8,
          Promise.from(
              content -> hold(new Held(request, response, callback, content)), callback::failed));
      return true;
    }

    private void hold(Held next) {
      ClientWatch.start(next.request, next.gone::incrementAndGet);
      held.add(next);
    }
  }

  /** A request that waits for its answer. */
  record Held(
      Request request, Response response, Callback callback, String content, AtomicInteger gone) {

    Held(Request request, Response response, Callback callback, String content) {
      this(request, response, callback, content, new AtomicInteger());
    }

    EndPoint endPoint() {
      return request.getConnectionMetaData().getConnection().getEndPoint();
    }

    /** Answers with what was asked. */
    void answer() {
      Content.Sink.write(response, true, content, callback);
    }
  }
}
