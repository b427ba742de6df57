/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentRouteTest {

  private static final int LARGEST = 100_000;
  private static final DocumentLimits LIMITS = new DocumentLimits(LARGEST, LARGEST);
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir private Path folder;
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CamelContext camel = new DefaultCamelContext();
  private HttpServer server;
  private ProducerTemplate template;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    camel.addRoutes(new DocumentRoute(LIMITS));
    camel.start();
    template = camel.createProducerTemplate();
  }

  @AfterEach
  void stop() {
    end.countDown();
    camel.stop();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void whatTheServerSaysItIsDecidesHowItIsRead() throws Exception {
    answer(
        "/page", "text/html; charset=ISO-8859-1", "<p>Füße".getBytes(StandardCharsets.ISO_8859_1));
    answer("/plain", "text/plain", "<p>Füße".getBytes(StandardCharsets.UTF_8));
    answer("/a.html", "application/octet-stream", "<p>Füße".getBytes(StandardCharsets.UTF_8));
    answer("/b.html", null, "<p>Füße".getBytes(StandardCharsets.UTF_8));

    assertThat(text("/page")).isEqualTo("Füße");
    assertThat(text("/plain")).isEqualTo("<p>Füße");
    assertThat(text("/a.html")).isEqualTo("Füße");
    assertThat(text("/b.html")).isEqualTo("Füße");
  }

  @Test
  void theUrlIsAskedForAsItIsAndWithoutTheHeadersOfTheMessage() throws Exception {
    server.createContext(
        "/",
        exchange -> {
          String seen =
              "%s %s %s"
                  .formatted(
                      exchange.getRequestMethod(),
                      exchange.getRequestURI(),
                      exchange.getRequestHeaders().get("Secret"));
          answer(exchange, 200, Map.of("Content-Type", "text/plain", "Seen", "yes"), seen);
        });

    Exchange after =
        template.request(
            "direct:document-text",
            exchange -> {
              exchange.getMessage().setBody(url("/a%20b/c?d=%C3%BC&e=f+g"));
              exchange.getMessage().setHeader("Secret", "s");
            });

    assertThat(after.getMessage().getBody()).isEqualTo("GET /a%20b/c?d=%C3%BC&e=f+g null");
    assertThat(after.getMessage().getHeaders()).containsOnlyKeys("Secret");
  }

  @Test
  void redirectsAreFollowed() throws Exception {
    answer("/new", "text/plain", "Dear all".getBytes(StandardCharsets.UTF_8));
    server.createContext(
        "/old", exchange -> answer(exchange, 302, Map.of("Location", "/new"), "moved"));

    server.createContext(
        "/older",
        exchange -> answer(exchange, 302, Map.of("Location", "/old"), "moved".repeat(1_000_000)));

    assertThat(text("/old")).isEqualTo("Dear all");
    assertThat(text("/older")).isEqualTo("Dear all");
  }

  @Test
  void whatIsNoTextFailsAlone() throws Exception {
    answer("/picture", "image/png", new byte[] {1});
    answer("/empty", "text/plain", new byte[0]);
    answer("/large", "text/plain", new byte[LARGEST + 1]);
    server.createContext("/nothing", exchange -> exchange.sendResponseHeaders(204, -1));

    assertThat(reason("/nothing")).isEqualTo("The document is empty.");
    assertThat(reason("/picture"))
        .isEqualTo("The document is image/png, of which no text can be read.");
    assertThat(reason("/empty")).isEqualTo("The document is empty.");
    assertThat(reason("/large"))
        .isEqualTo("The document has more than 100,000 bytes; no more are read.");
    assertThat(reason("/nowhere")).isEqualTo("The server answered with status 404.");
  }

  @Test
  void anAnswerWithoutEndIsLeft() throws Exception {
    server.createContext("/endless", exchange -> drip(exchange, new byte[8192], 0));
    server.createContext("/slow", exchange -> drip(exchange, new byte[1], 100));
    server.createContext("/silent", exchange -> drip(exchange, new byte[0], 0));

    assertThat(reason("/endless")).startsWith("The document has more than 100,000 bytes");
    assertThat(reason("/slow", LONG, Duration.ofSeconds(1)))
        .isEqualTo("The document did not arrive within 1 seconds.");
    assertThat(reason("/silent", Duration.ofSeconds(1), LONG))
        .isEqualTo(
            "The document cannot be fetched: java.net.SocketTimeoutException: Read timed out");
  }

  @Test
  void aServerThatIsNotThereIsTold() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    assertThat(reason(new Document.Url(URI.create("http://127.0.0.1:" + free + "/"))))
        .startsWith("The document cannot be fetched: ")
        .contains("refused");
  }

  @Test
  void connectionsAreGivenBack() throws Exception {
    answer("/plain", "text/plain", "Dear all".getBytes(StandardCharsets.UTF_8));
    answer("/large", "text/plain", new byte[10 * LARGEST]);

    List<CompletableFuture<Object>> answers =
        Stream.generate(() -> List.of("/plain", "/large", "/nowhere"))
            .limit(50)
            .flatMap(List::stream)
            .map(path -> template.asyncRequestBody("direct:document-text", url(path)))
            .toList();

    int texts = 0;
    for (Future<Object> one : answers) {
      try {
        texts += one.get().equals("Dear all") ? 1 : 0;
      } catch (ExecutionException e) {
        assertThat(e).hasRootCauseInstanceOf(UnreadableDocumentException.class);
      }
    }
    assertThat(texts).isEqualTo(50);
  }

  @Test
  void whatIsNotOnTheWebIsReadAsWell() throws Exception {
    Path file = Files.writeString(folder.resolve("a.txt"), "Dear all");

    assertThat(template.requestBody("direct:document-text", Document.File.at(file)))
        .isEqualTo("Dear all");
    assertThat(reason(new Document.Unreadable("x", "It is gone."))).isEqualTo("It is gone.");
  }

  private void drip(HttpExchange exchange, byte[] drop, long pause) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/plain");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      while (drop.length > 0 && !end.await(pause, TimeUnit.MILLISECONDS)) {
        out.write(drop);
        out.flush();
      }
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(String path, @Nullable String contentType, byte[] body) {
    server.createContext(
        path,
        exchange -> {
          if (contentType != null) {
            exchange.getResponseHeaders().set("Content-Type", contentType);
          }
          exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private static void answer(
      HttpExchange exchange, int status, Map<String, String> headers, String body)
      throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Document url(String path) {
    return new Document.Url(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
  }

  private Object text(String path) {
    return template.requestBody("direct:document-text", url(path));
  }

  private @Nullable String reason(String path, Duration silence, Duration fetch) throws Exception {
    CamelContext impatient = new DefaultCamelContext();
    impatient.addRoutes(new DocumentRoute(LIMITS, silence, fetch));
    impatient.start();
    template = impatient.createProducerTemplate();
    String reason = reason(path);
    impatient.stop();
    return reason;
  }

  private @Nullable String reason(String path) {
    return reason(url(path));
  }

  private @Nullable String reason(Document document) {
    Exchange failed =
        template.request(
            "direct:document-text", exchange -> exchange.getMessage().setBody(document));
    assertThat(failed.getException()).isInstanceOf(UnreadableDocumentException.class);
    return failed.getException().getMessage();
  }
}
