/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What a real model server answers, passed on as it comes. */
final class ForwardedAnswers implements CountingServer.Answers {

  private static final String TYPE = "Content-Type";
  private static final int BUFFER = 8192;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;

  /**
   * @param baseUrl that of the real server, with its {@code /v1}
   */
  ForwardedAnswers(String baseUrl) {
    server = URI.create(baseUrl + "/chat/completions");
  }

  @Override
  public void answer(HttpExchange exchange, String question) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(server)
            .header(TYPE, "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(question))
            .build();
    HttpResponse<InputStream> reply =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream()).join();
    reply
        .headers()
        .firstValue(TYPE)
        .ifPresent(type -> exchange.getResponseHeaders().add(TYPE, type));
    exchange.sendResponseHeaders(reply.statusCode(), 0);
    // When who asked is gone, the real server is told.
    try (InputStream from = reply.body();
        OutputStream to = exchange.getResponseBody()) {
      byte[] buffer = new byte[BUFFER];
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        to.write(buffer, 0, read);
        to.flush();
      }
    }
  }
}
