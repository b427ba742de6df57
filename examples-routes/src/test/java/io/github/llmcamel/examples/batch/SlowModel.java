/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A model server that takes its time for each answer, for any number at once, and counts them. */
final class SlowModel implements AutoCloseable {

  /** A document with this in it gets no answer that fits a schema. */
  static final String WITHOUT_FACTS = "A poem";

  private static final String LABEL = "invoice";
  private static final String FIELDS =
      """
      {\\"title\\": \\"t\\", \\"date\\": null, \\"sender\\": null, \\"amount\\": null, \\"language\\": \\"en\\"}\
      """;

  private final HttpServer server;
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final Duration time;

  /**
   * @param time that each answer takes
   */
  SlowModel(Duration time) throws IOException {
    this.time = time;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
  }

  /** How many questions have come. */
  int asked() {
    return asked.get();
  }

  /** How many of them waited for their answers at the same time. */
  int mostAtOnce() {
    return mostAtOnce.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean isOfFacts = question.contains("extract facts") && !question.contains(WITHOUT_FACTS);
    String answer = isOfFacts ? FIELDS : LABEL;
    var unused = clock.schedule(() -> send(exchange, answer), time.toNanos(), TimeUnit.NANOSECONDS);
  }

  @SuppressWarnings("try") // closed, whatever happens
  private void send(HttpExchange exchange, String answer) {
    atOnce.decrementAndGet();
    byte[] body =
        """
        {"choices": [{"message": {"content": "%s"}, "finish_reason": "stop"}]}
        """
            .formatted(answer)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    try {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Who asked is gone.
    } finally {
      exchange.close();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    clock.shutdownNow();
  }
}
