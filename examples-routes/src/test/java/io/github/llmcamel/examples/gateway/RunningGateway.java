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
import java.util.Arrays;

/** A gateway in this JVM, on a free port, and a client that asks it. */
final class RunningGateway implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Gateway gateway;
  private final HttpClient client;

  private RunningGateway(Gateway gateway, HttpClient client) {
    this.gateway = gateway;
    this.client = client;
  }

  /**
   * Starts one.
   *
   * @param folder takes its configuration
   * @param lines of the configuration
   */
  static RunningGateway start(Path folder, Dsl dsl, String... lines) throws CannotStartException {
    return start(folder, dsl, HttpClient.newHttpClient(), lines);
  }

  /** Starts one in Java's DSL. */
  static RunningGateway start(Path folder, String... lines) throws CannotStartException {
    return start(folder, Dsl.java, lines);
  }

  static RunningGateway start(Path folder, Dsl dsl, HttpClient client, String... lines)
      throws CannotStartException {
    Gateway gateway = new Gateway(file(folder, lines), "127.0.0.1", 0, dsl);
    try {
      gateway.start();
    } catch (CannotStartException e) {
      gateway.close();
      throw e;
    }
    return new RunningGateway(gateway, client);
  }

  private static Path file(Path folder, String... lines) {
    try {
      Path file = Files.createTempFile(folder, "gateway", ".properties");
      return Files.write(file, Arrays.asList(lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI address() {
    return gateway.address();
  }

  /** A client that does all right is answered. */
  void assertServes() {
    assertThat(chat(RawRequest.CHAT).status()).isEqualTo(200);
  }

  /** Asks for a chat. */
  Reply chat(String json, String... headers) {
    return post("/v1/chat/completions", json, headers);
  }

  /**
   * Posts JSON.
   *
   * @param headers names and values in turn; they win over the content type of JSON
   */
  Reply post(String path, String json, String... headers) {
    return send(request(path, headers).method("POST", BodyPublishers.ofString(json)), headers);
  }

  /** Posts bytes. */
  Reply post(String path, byte[] body, String... headers) {
    return send(request(path, headers).method("POST", BodyPublishers.ofByteArray(body)), headers);
  }

  Reply get(String path, String... headers) {
    return send(request(path, headers).GET(), headers);
  }

  Reply send(String method, String path, String... headers) {
    return send(request(path, headers).method(method, BodyPublishers.noBody()), headers);
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address() + path)).timeout(PATIENCE);
    return headers.length == 0 ? request : request.headers(headers);
  }

  private Reply send(HttpRequest.Builder request, String... headers) {
    boolean hasType = Arrays.stream(headers).anyMatch("Content-Type"::equalsIgnoreCase);
    if (!hasType) {
      request.header("Content-Type", "application/json");
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
