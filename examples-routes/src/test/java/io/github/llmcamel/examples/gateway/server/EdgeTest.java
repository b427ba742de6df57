/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.examples.gateway.settings.GatewaySettings;
import io.github.llmcamel.examples.gateway.status.GatewayCounts;
import io.github.llmcamel.testkit.CapturedLog;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a Jetty without sockets, with a handler in the place of the pages. */
class EdgeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Server server = new Server();
  private final LocalConnector connector = new LocalConnector(server);
  private final CapturedLog log = new CapturedLog();

  @AfterEach
  void stop() throws Exception {
    server.stop();
    log.close();
  }

  @BeforeEach
  void connect() {
    server.addConnector(connector);
    server.setErrorHandler(new JsonErrorHandler());
  }

  @Test
  void aRequestWhoseHandlerThrowsEnds() throws Exception {
    String answer =
        answer(
            (request, response, callback) -> {
              throw new IllegalStateException("a bug");
            });

    assertThat(answer).startsWith("HTTP/1.1 500").contains("\"server_error\"");
    assertThat(line()).contains("status=500", "ended=completed");
  }

  @Test
  void aRequestThatNobodyHandlesEnds() throws Exception {
    assertThat(answer((request, response, callback) -> false)).startsWith("HTTP/1.1 404");
    assertThat(line()).contains("status=404");
  }

  @Test
  void aRefusalOfAHeadSendsNoBytes() throws Exception {
    assertThat(answer("HEAD", (request, response, callback) -> false)).startsWith("HTTP/1.1 404");
    assertThat(line()).contains("bytes=0", "ended=rejected");
  }

  @Test
  void aRequestEndsOnce() throws Exception {
    String answer =
        answer(
            (request, response, callback) -> {
              callback.succeeded();
              throw new IllegalStateException("a bug");
            });

    assertThat(answer).startsWith("HTTP/1.1 200");
    assertThat(line()).contains("ended=completed");
  }

  @Test
  void aClientThatIsNotThereForTheLastBytesIsGone() throws Exception {
    assertThat(lineOfFailure(new EofException("closed"))).contains("ended=client_gone");
  }

  @Test
  void aClientThatDoesNotTakeTheLastBytesIsSlow() throws Exception {
    assertThat(lineOfFailure(new TimeoutException("idle"))).contains("ended=slow_client");
  }

  @Test
  void aBugIsNotTheClients() throws Exception {
    assertThat(lineOfFailure(new IllegalStateException("a bug"))).contains("ended=completed");
  }

  private String lineOfFailure(Exception failure) throws Exception {
    answer(
        (request, response, callback) -> {
          response.write(
              true,
              ByteBuffer.wrap(new byte[1]),
              Callback.from(() -> callback.failed(failure), callback::failed));
          return true;
        });
    return line();
  }

  @Test
  void connectionsAreBounded() throws Exception {
    answer((request, response, callback) -> false);
    assertThat(server.getBeans(NetworkConnectionLimit.class))
        .singleElement()
        .matches(NetworkConnectionLimit::isStarted);
  }

  /** Asks an edge whose first handler does {@code what}. */
  private String answer(Request.Handler what) throws Exception {
    return answer("GET", what);
  }

  private String answer(String method, Request.Handler what) throws Exception {
    GatewaySettings settings = GatewaySettings.read(new Properties());
    Handler.Singleton pages =
        new Handler.Wrapper() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            return what.handle(request, response, callback);
          }
        };
    server.setHandler(
        new Edge(
            () -> settings,
            () -> null,
            new OpenRequests(),
            new GatewayCounts(Clock.systemUTC()),
            pages,
            ServerSocketChannel.open()));
    server.start();
    return connector.getResponse(
        method + " /v1/models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  }

  /** The line of the request in the access log. */
  private String line() {
    await().atMost(PATIENCE).until(() -> !lines().isEmpty());
    assertThat(lines()).hasSize(1);
    return lines().get(0);
  }

  private List<String> lines() {
    return log.linesWith(" access - ");
  }
}
