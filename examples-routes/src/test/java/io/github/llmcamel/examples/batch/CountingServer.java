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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A model server that remembers how often it was asked: it outlives those who ask. */
final class CountingServer implements AutoCloseable {

  private static final String FACTS =
      """
      {"title": "t", "date": null, "sender": null, "amount": null, "language": "en"}
      """
          .strip();

  /** Answers a question. */
  interface Answers {
    void answer(HttpExchange exchange, String question) throws IOException;
  }

  private final Answers answers;
  private final HttpServer server;
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final Map<String, Integer> calls = new ConcurrentHashMap<>();

  /** One that has a good answer to each question of the batch. */
  CountingServer() throws IOException {
    this(CountingServer::answerWell);
  }

  CountingServer(Answers answers) throws IOException {
    this.answers = answers;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", this::answer);
    server.setExecutor(pool);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
  }

  /** How often it was asked. */
  int calls() {
    return calls.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many different questions it was asked. */
  int questions() {
    return calls.size();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    calls.merge(question, 1, Integer::sum);
    answers.answer(exchange, question);
  }

  private static void answerWell(HttpExchange exchange, String question) throws IOException {
    String answer = question.contains("response_format") ? FACTS : "invoice";
    byte[] body =
        """
        {"choices": [{"message": {"content": "%s"}, "finish_reason": "stop"}],
         "usage": {"prompt_tokens": 100, "completion_tokens": 10}}
        """
            .formatted(answer.replace("\"", "\\\""))
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    pool.shutdownNow();
  }
}
