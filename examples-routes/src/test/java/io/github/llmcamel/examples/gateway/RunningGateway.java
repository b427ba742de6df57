/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.launch.CannotStartException;
import io.github.llmcamel.examples.launch.Dsl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A gateway in this JVM, at a free port, and a client that asks it. */
final class RunningGateway implements AutoCloseable {

  static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Gateway gateway;
  private final HttpClient client;

  /**
   * @param folder where its configuration is kept
   */
  RunningGateway(Path folder, String config) throws CannotStartException {
    this(folder, Dsl.java, HttpClient.newHttpClient(), config);
  }

  RunningGateway(Path folder, Dsl dsl, HttpClient client, String config)
      throws CannotStartException {
    this.client = client;
    gateway = new Gateway(file(folder, config), "127.0.0.1", 0, dsl);
    try {
      gateway.start();
    } catch (CannotStartException e) {
      gateway.close();
      throw e;
    }
  }

  /** One with these lines of configuration. */
  static RunningGateway start(Path folder, String... lines) throws CannotStartException {
    return new RunningGateway(folder, String.join("\n", lines));
  }

  private static Path file(Path folder, String config) {
    try {
      return Files.writeString(Files.createTempFile(folder, "gateway", ".properties"), config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI address() {
    return gateway.address();
  }

  /** A client that does all right is answered. */
  void assertServes() throws Exception {
    assertThat(RawClient.ask(address(), post(CHAT)).status()).isEqualTo(200);
  }

  /** A chat request on a connection of its own. */
  static String post(String body, String... headers) {
    return "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + "Content-Type: application/json\r\n"
        + String.join("", headers)
        + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body);
  }

  static String get(String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  }

  /**
   * Asks for a chat.
   *
   * @param headers names and values in turn
   */
  Reply chat(String json, String... headers) {
    return ask("/v1/chat/completions", json, headers);
  }

  /** Posts JSON. */
  Reply ask(String path, String json, String... headers) {
    return send("POST", path, BodyPublishers.ofString(json), headers);
  }

  /** Posts what is declared as JSON. */
  Reply ask(String path, byte[] body, String... headers) {
    return send("POST", path, BodyPublishers.ofByteArray(body), headers);
  }

  Reply look(String path, String... headers) {
    return send("GET", path, headers);
  }

  Reply send(String method, String path, String... headers) {
    return send(method, path, BodyPublishers.noBody(), headers);
  }

  private Reply send(
      String method, String path, HttpRequest.BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address() + path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(method, body);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return new Reply(client.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    gateway.close();
  }
}
