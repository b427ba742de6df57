/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.examples.gateway.server.HoldingServer.Held;
import io.github.llmcamel.testkit.TestCertificate;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Blocker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Raw sockets against a Jetty of its own, plain and over TLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientWatchTest {

  private static final Duration PATIENCE = Duration.ofSeconds(HoldingServer.PATIENCE_SECONDS);

  private HoldingServer plain;
  private HoldingServer tls;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    plain = HoldingServer.plain();
    tls = HoldingServer.tls(TestCertificate.create(folder, "ip:127.0.0.1"));
  }

  @AfterAll
  void stop() throws Exception {
    plain.close();
    tls.close();
  }

  @Test
  void whoeverIsToldThatTheClientHasGoneHoldsUpNobody() {
    ByteArrayEndPoint closing =
        new ByteArrayEndPoint() {
          @Override
          public int fill(ByteBuffer buffer) {
            return 0;
          }

          @Override
          protected void needsFillInterest() throws IOException {
            throw new ClosedChannelException();
          }
        };
    HttpConnection connection =
        new HttpConnection(new HttpConfiguration(), new LocalConnector(new Server()), closing);
    AtomicReference<ClientWatch> watch = new AtomicReference<>();
    List<Boolean> told = new ArrayList<>();
    watch.set(
        new ClientWatch(
            connection, closing, () -> told.add(Thread.holdsLock(requireNonNull(watch.get())))));

    requireNonNull(watch.get()).succeeded();

    assertThat(told).containsExactly(false);
  }

  enum Wire {
    PLAIN,
    TLS
  }

  private HoldingServer server(Wire wire) {
    return wire == Wire.PLAIN ? plain : tls;
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatClosesIsNoticedWhileItsRequestIsHeld(Wire wire) throws Exception {
    Held held;
    try (Socket client = server(wire).connect()) {
      held = ask(wire, client, "hello");
      assertThat(held.gone()).hasValue(0);
    }
    awaitGone(held);
    held.answer();
    awaitNoConnection(wire);
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatResetsTheConnectionIsNoticed(Wire wire) throws Exception {
    Held held;
    try (Socket client = server(wire).connect()) {
      held = ask(wire, client, "hello");
      client.setSoLinger(true, 0);
    }
    awaitGone(held);
    held.answer();
    awaitNoConnection(wire);
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatOnlyReadsOnCountsAsGone(Wire wire) throws Exception {
    try (Socket client = server(wire).connect()) {
      Held held = ask(wire, client, "hello");
      client.shutdownOutput();
      awaitGone(held);
      held.answer();
    }
    awaitNoConnection(wire);
  }

  @Test
  void aClientThatVanishesWithoutAGoodbyeOfTlsIsNoticed() throws Exception {
    Held held;
    try (Socket socket = tls.connectPlain()) {
      SSLSocket client = tls.handshake(socket);
      held = ask(Wire.TLS, client, "hello");
    }
    awaitGone(held);
    held.answer();
    awaitNoConnection(Wire.TLS);
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatLeavesInTheMiddleOfAnAnswerIsNoticed(Wire wire) throws Exception {
    Held held;
    try (Socket client = server(wire).connect()) {
      held = ask(wire, client, "hello");
      try (Blocker.Callback written = Blocker.callback()) {
        Content.Sink.write(held.response(), false, "begun", written);
        written.block();
      }
      assertThat(client.getInputStream().read()).isEqualTo('H');
      assertThat(held.gone()).hasValue(0);
    }
    awaitGone(held);
    held.answer();
    awaitNoConnection(wire);
  }

  @ParameterizedTest
  @EnumSource
  void aThousandRequestsOnOneConnectionAreAnswered(Wire wire) throws Exception {
    int threads = server(wire).threads();
    List<Held> all = new ArrayList<>();
    try (Socket client = server(wire).connect()) {
      for (int i = 0; i < 1000; i++) {
        Held held = ask(wire, client, "request " + i);
        held.answer();
        assertThat(answer(client)).isEqualTo("request " + i);
        all.add(held);
      }
      assertThat(server(wire).connections()).isEqualTo(1);
    }
    awaitNoConnection(wire);
    assertThat(all).allMatch(held -> held.gone().get() == 0);
    assertThat(server(wire).threads()).isLessThanOrEqualTo(threads + 8);
  }

  @ParameterizedTest
  @EnumSource
  void aRequestSentBeforeTheAnswerIsAnsweredAfterIt(Wire wire) throws Exception {
    String large = "x".repeat(100_000);
    try (Socket client = server(wire).connect()) {
      for (String next : List.of("second", large, "fourth")) {
        Held first = ask(wire, client, "first");
        CompletableFuture<Void> sent = send(client, next);
        awaitRead(first);
        first.answer();
        assertThat(answer(client)).isEqualTo("first");
        server(wire).next().answer();
        assertThat(answer(client)).isEqualTo(next);
        sent.get(HoldingServer.PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(first.gone()).hasValue(0);
      }
    }
    awaitNoConnection(wire);
  }

  @ParameterizedTest
  @EnumSource
  void requestsSentTogetherAreAnsweredInOrder(Wire wire) throws Exception {
    try (Socket client = server(wire).connect()) {
      write(client, request("first") + request("second") + request("third"));
      for (String expected : List.of("first", "second", "third")) {
        server(wire).next().answer();
        assertThat(answer(client)).isEqualTo(expected);
      }
    }
    awaitNoConnection(wire);
  }

  @ParameterizedTest
  @EnumSource
  void aRequestThatArrivesAsTheAnswerLeavesIsNotLost(Wire wire) throws Exception {
    try (Socket client = server(wire).connect()) {
      for (int i = 0; i < 500; i++) {
        Held first = ask(wire, client, "first");
        CompletableFuture<Void> sent = send(client, "second");
        first.answer();
        assertThat(answer(client)).isEqualTo("first");
        server(wire).next().answer();
        assertThat(answer(client)).isEqualTo("second");
        sent.get(HoldingServer.PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    }
    awaitNoConnection(wire);
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatLeavesAsTheAnswerLeavesIsNoticedAtMostOnce(Wire wire) throws Exception {
    List<Held> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Socket client = server(wire).connect();
      Held held = ask(wire, client, "hello");
      CompletableFuture<Void> left = CompletableFuture.runAsync(() -> close(client));
      held.answer();
      left.get(HoldingServer.PATIENCE_SECONDS, TimeUnit.SECONDS);
      all.add(held);
    }
    awaitNoConnection(wire);
    assertThat(all).allMatch(held -> held.gone().get() <= 1);
  }

  @ParameterizedTest
  @EnumSource
  void aSlowAnswerOutlivesTheIdleTimeout(Wire wire) throws Exception {
    try (Socket client = server(wire).connect()) {
      Held slow = ask(wire, client, "slow");
      awaitIdle(slow);
      assertThat(slow.gone()).hasValue(0);
      slow.answer();
      assertThat(answer(client)).isEqualTo("slow");
    }
    awaitNoConnection(wire);
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatLeavesAfterTheIdleTimeoutIsNoticed(Wire wire) throws Exception {
    Held slow;
    try (Socket client = server(wire).connect()) {
      slow = ask(wire, client, "slow");
      awaitIdle(slow);
      assertThat(slow.gone()).hasValue(0);
    }
    awaitGone(slow);
    slow.answer();
    awaitNoConnection(wire);
  }

  /** The connection runs into its idle timeout, and the handler goes on like a servlet does. */
  private static void awaitIdle(Held held) throws InterruptedException {
    CountDownLatch idle = new CountDownLatch(3);
    held.request()
        .addIdleTimeoutListener(
            timeout -> {
              idle.countDown();
              return false;
            });
    held.endPoint().setIdleTimeout(20);
    assertThat(idle.await(HoldingServer.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  /** The watch has read the first byte of the next request: it waits for nothing any more. */
  private static void awaitRead(Held held) {
    await().atMost(PATIENCE).until(() -> !held.endPoint().isFillInterested());
  }

  private static void awaitGone(Held held) {
    await().atMost(PATIENCE).until(() -> held.gone().get() == 1);
  }

  private void awaitNoConnection(Wire wire) {
    await().atMost(PATIENCE).until(() -> server(wire).connections() == 0);
  }

  private Held ask(Wire wire, Socket client, String content) throws Exception {
    write(client, request(content));
    Held held = server(wire).next();
    assertThat(held.content()).isEqualTo(content);
    return held;
  }

  private static CompletableFuture<Void> send(Socket client, String content) {
    return CompletableFuture.runAsync(() -> write(client, request(content)));
  }

  private static String request(String content) {
    return "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(content.length(), content);
  }

  private static void write(Socket client, String text) {
    try {
      client.getOutputStream().write(text.getBytes(ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(Socket client) {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one answer with a Content-Length, and nothing behind it. */
  private static String answer(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    assertThat(head).startsWith("HTTP/1.1 200 ");
    byte[] content =
        new byte
            [Integer.parseInt(head.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1"))];
    in.readFully(content);
    return new String(content, ISO_8859_1);
  }
}
