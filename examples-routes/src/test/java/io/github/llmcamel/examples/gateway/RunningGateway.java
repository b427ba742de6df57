/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelContextTracker;

/** A gateway in this JVM, on a free port, and a client that asks it. */
final class RunningGateway implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path file;
  private final Gateway gateway;
  private final CamelContext context;
  private final HttpClient client;

  private RunningGateway(Path file, Gateway gateway, CamelContext context, HttpClient client) {
    this.file = file;
    this.gateway = gateway;
    this.context = context;
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
    Path file = file(folder, lines);
    Gateway gateway = new Gateway(file, "127.0.0.1", 0, dsl);
    AtomicReference<CamelContext> context = new AtomicReference<>();
    try (CamelContextTracker tracker =
        new CamelContextTracker() {
          @Override
          public void contextCreated(CamelContext created) {
            context.set(created);
          }
        }) {
      tracker.open();
      gateway.start();
    } catch (CannotStartException e) {
      gateway.close();
      throw e;
    }
    return new RunningGateway(file, gateway, requireNonNull(context.get()), client);
  }

  private static Path file(Path folder, String... lines) {
    try {
      Path file = Files.createTempFile(folder, "gateway", ".properties");
      return Files.write(file, Arrays.asList(lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives its file other lines, at once. */
  void rewrite(String... lines) throws IOException {
    Path other = Files.write(file.resolveSibling("other"), Arrays.asList(lines));
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
  }

  URI address() {
    return gateway.address();
  }

  CamelContext context() {
    return context;
  }

  ChatClient connect() throws IOException {
    return new ChatClient(address());
  }

  /** A number of requests in the status report, such as {@code inFlight}. */
  long count(String name) {
    return status().path("requests").path(name).longValue();
  }

  /** Waits until such a number has come about. */
  void awaitCount(String name, long number) {
    await().atMost(PATIENCE).until(() -> count(name) == number);
  }

  /** Waits until it takes no more requests. */
  void awaitDraining() {
    await().atMost(PATIENCE).until(() -> status().path("state").asText().equals("draining"));
  }

  /** Waits until neither the server nor Camel has anything to do. */
  void awaitIdle() {
    await()
        .atMost(PATIENCE)
        .until(() -> count("inFlight") == 0 && context.getInflightRepository().size() == 0);
  }

  private JsonNode status() {
    return get("/status.json").json();
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
