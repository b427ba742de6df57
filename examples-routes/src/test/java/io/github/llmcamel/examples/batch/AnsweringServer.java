/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** A model server that gives the answers it was told, one after the other. */
final class AnsweringServer implements AutoCloseable {

  /** A refusal for five minutes. */
  static final String LATER = "later";

  /** No answer, and no end. */
  static final String HANGS = "hangs";

  /** The connection is closed without an answer. */
  static final String HANGS_UP = "hangs up";

  private final HttpServer server;
  private final Queue<String> answers;

  /**
   * @param answers texts of the model; 429 is a call too many
   */
  AnsweringServer(List<String> answers) throws IOException {
    this.answers = new ArrayDeque<>(answers);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String answer = answers.remove();
    if (answer.equals(HANGS)) {
      return;
    }
    if (answer.equals(HANGS_UP)) {
      exchange.close();
      return;
    }
    boolean refused = answer.equals("429") || answer.equals(LATER);
    if (refused) {
      exchange.getResponseHeaders().add("retry-after-ms", answer.equals(LATER) ? "300000" : "1");
    }
    byte[] body =
        """
        {"choices": [{"message": {"content": "%s"}, "finish_reason": "stop"}]}
        """
            .formatted(answer.replace("\"", "\\\""))
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(refused ? 429 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Whether every answer was asked for. */
  synchronized boolean isExhausted() {
    return answers.isEmpty();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
