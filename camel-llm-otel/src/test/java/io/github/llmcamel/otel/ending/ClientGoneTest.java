/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.ending;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.otel.testkit.Mode;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The route's caller hangs up: a client of an HTTP server of Camel's. */
class ClientGoneTest {

  private final ScriptedLlmServer server = ScriptedLlmServer.start();
  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();
  private final CamelContext context = new DefaultCamelContext();
  private final int port;

  ClientGoneTest() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  @BeforeEach
  void bind() {
    context.getRegistry().bind("openTelemetry", telemetry.openTelemetry());
  }

  @AfterEach
  void close() {
    context.stop();
    server.close();
    telemetry.close();
  }

  @Test
  void endsALiveAnswerWithTheNextPieceAndIsNoError() throws Exception {
    route(Mode.LIVE);
    Peer peer;
    try (Socket client = ask()) {
      peer = server.accept();
      peer.sendHead(200, "text/event-stream");
      peer.sendChunk(piece());
      awaitText(client);
      client.setSoLinger(true, 0);
    }

    await()
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              goOn(peer);
              return !telemetry.logs().isEmpty();
            });

    int chunks = (int) telemetry.points("llm.stream.chunks").get(0).value();
    evidence().isOf(Expected.cancelled().chunks(chunks), Mode.LIVE);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LIVE")
  void isNotNoticedBeforeAnAnswerIsComplete(Mode mode) throws Exception {
    route(mode);
    Peer peer;
    try (Socket client = ask()) {
      peer = server.accept();
      client.setSoLinger(true, 0);
    }

    peer.reply(200, "application/json", Answer.of(Party.OWN).in(mode));

    telemetry.awaitLog();
    evidence().isOf(Expected.completed(), mode);
  }

  private void route(Mode mode) throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("jetty:http://127.0.0.1:%d/ask".formatted(port))
                .to(
                    "llm:vllm?model=%s&baseUrl=%s/v1%s"
                        .formatted(Party.OWN.model(), server.url(), mode.options()));
          }
        });
    context.start();
  }

  private Socket ask() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
    client
        .getOutputStream()
        .write(
            "POST /ask HTTP/1.1\r\nHost: test\r\nContent-Length: 2\r\n\r\nHi"
                .getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  private static void awaitText(Socket client) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    while (!requireNonNull(reader.readLine()).contains("Canary")) {}
  }

  private static void goOn(Peer peer) {
    try {
      peer.sendChunk(piece());
    } catch (UncheckedIOException closed) {
      // The call has ended.
    }
  }

  private static String piece() {
    return Answer.of(Party.OWN).beginning(Mode.LIVE);
  }

  private Evidence evidence() {
    return new Evidence(Party.OWN, telemetry);
  }
}
