/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** What a real model server answers, passed on as it comes, over a connection of its own. */
final class ForwardedAnswers implements CountingServer.Answers {

  private static final String TYPE = "Content-Type";
  private static final int BUFFER = 8192;

  private final URI server;

  /**
   * @param baseUrl that of the real server, with its {@code /v1}
   */
  ForwardedAnswers(String baseUrl) {
    server = URI.create(baseUrl + "/chat/completions");
  }

  @Override
  public void answer(HttpExchange exchange, String question) throws IOException {
    HttpURLConnection call = (HttpURLConnection) server.toURL().openConnection();
    call.setRequestProperty(TYPE, "application/json");
    // One that is kept may just have been closed by the server.
    call.setRequestProperty("Connection", "close");
    call.setDoOutput(true);
    try (OutputStream body = call.getOutputStream()) {
      body.write(question.getBytes(StandardCharsets.UTF_8));
    }
    int status = call.getResponseCode();
    exchange.getResponseHeaders().add(TYPE, call.getContentType());
    exchange.sendResponseHeaders(status, 0);
    // When who asked is gone, the real server is told.
    try (InputStream from = status < 400 ? call.getInputStream() : call.getErrorStream();
        OutputStream to = exchange.getResponseBody()) {
      byte[] buffer = new byte[BUFFER];
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        to.write(buffer, 0, read);
        to.flush();
      }
    }
  }
}
