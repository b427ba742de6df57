/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.LocalConnector.LocalEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a Jetty without sockets. */
class WholeBodiesTest {

  private static final int PATIENCE_SECONDS = 20;
  private static final int MAX_BYTES = 60;
  private static final int MEMORY = 100;

  private final QueuedThreadPool threads = new QueuedThreadPool();
  private final Server server = new Server(threads);
  private final LocalConnector connector = new LocalConnector(server);
  private final BlockingQueue<Callback> read = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() throws Exception {
    server.addConnector(connector);
    start(Duration.ofMinutes(1));
  }

  private void start(Duration timeLimit) throws Exception {
    WholeBodies bodies = new WholeBodies(MAX_BYTES, timeLimit, new BodyMemory(MEMORY));
    bodies.setHandler(new Echo());
    server.setHandler(bodies);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @Test
  void aBodyIsPassedOnWhenItIsComplete() throws Exception {
    LocalEndPoint client = connector.connect();
    client.addInputAndExecute(head("Content-Length: 8") + "half");
    client.addInputAndExecute("half");
    assertThat(answer(client)).startsWith("HTTP/1.1 200").endsWith("halfhalf");

    client.addInputAndExecute(head("Transfer-Encoding: chunked") + "3\r\nabc\r\n");
    client.addInputAndExecute("2\r\nde\r\n0\r\n\r\n");
    assertThat(answer(client)).startsWith("HTTP/1.1 200").endsWith("abcde");

    client.addInputAndExecute("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(answer(client)).startsWith("HTTP/1.1 200");
  }

  @Test
  void aBodyThatIsTooLongIsRefusedBeforeItsEnd() throws Exception {
    LocalEndPoint client = connector.connect();
    client.addInputAndExecute(
        head("Transfer-Encoding: chunked") + "3d\r\n" + "x".repeat(0x3d) + "\r\n");
    assertThat(answer(client)).startsWith("HTTP/1.1 413").contains("60 bytes", "Connection: close");
  }

  @Test
  void aBodyThatFindsNoMemoryIsRefusedUntilOthersHaveEnded() throws Exception {
    LocalEndPoint large = connector.connect();
    large.addInputAndExecute(head("Content-Length: 60") + "x".repeat(59));
    awaitThreads();

    assertThat(ask("y".repeat(60)))
        .startsWith("HTTP/1.1 503")
        .contains("\"busy\"", "Retry-After: 1");
    assertThat(ask("y".repeat(40))).startsWith("HTTP/1.1 200");

    large.addInputAndExecute("x");
    assertThat(answer(large)).startsWith("HTTP/1.1 200");
    awaitMemory();
  }

  @Test
  void aBodyThatIsNotThereWhenItsTimeIsOverIsRefusedAndGivesItsMemoryBack() throws Exception {
    server.stop();
    start(Duration.ZERO);
    LocalEndPoint slow = connector.connect();
    slow.addInputAndExecute(head("Content-Length: 60") + "x".repeat(59));
    assertThat(answer(slow)).startsWith("HTTP/1.1 408").contains("Connection: close");

    awaitMemory();
  }

  @Test
  void aRequestWhoseAnswerFailsEndsAndGivesItsMemoryBack() throws Exception {
    LocalEndPoint failing = connector.connect();
    failing.addInputAndExecute(
        head("Content-Length: 60").replace("POST / ", "POST /hold ") + "x".repeat(60));
    Callback held = requireNonNull(read.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertThat(ask("y".repeat(60))).startsWith("HTTP/1.1 503");

    held.failed(new IOException("The client has gone."));
    awaitMemory();
  }

  @Test
  void aBodyThatHasBeenReadTakesNoMemoryWhileItsAnswerIsMade() throws Exception {
    LocalEndPoint slow = connector.connect();
    slow.addInputAndExecute(
        head("Content-Length: 60").replace("POST / ", "POST /read ") + "x".repeat(60));
    Callback held = requireNonNull(read.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));

    assertThat(ask("y".repeat(60))).startsWith("HTTP/1.1 200");
    held.succeeded();
  }

  /** A request gives back what it has taken just after its last bytes have left. */
  private void awaitMemory() {
    await()
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(() -> ask("y".repeat(60)).startsWith("HTTP/1.1 200"));
  }

  /** Until what has arrived has been read. */
  private void awaitThreads() {
    await()
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(() -> threads.getUtilizedThreads() == 0 && threads.getQueueSize() == 0);
  }

  private String ask(String body) throws Exception {
    LocalEndPoint client = connector.connect();
    client.addInputAndExecute(head("Content-Length: " + body.length()) + body);
    return answer(client);
  }

  private static String answer(LocalEndPoint client) throws Exception {
    return client.getResponse(false, PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static String head(String header) {
    return "POST / HTTP/1.1\r\nHost: a\r\n" + header + "\r\n\r\n";
  }

  /** Answers with the body, or leaves that to the test. */
  private final class Echo extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      String path = Request.getPathInContext(request);
      if (path.equals("/hold")) {
        read.add(callback);
      } else if (path.equals("/read")) {
        Content.Source.consumeAll(request);
        read.add(callback);
      } else {
        Content.Sink.write(response, true, Content.Source.asString(request), callback);
      }
      return true;
    }
  }
}
