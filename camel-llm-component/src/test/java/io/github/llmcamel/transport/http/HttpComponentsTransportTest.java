/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import io.github.llmcamel.transport.HttpCall;
import io.github.llmcamel.transport.HttpSettings;
import io.github.llmcamel.transport.Transport;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Against a raw socket: what really goes over the wire, and what the client does with it. */
class HttpComponentsTransportTest {

  private final ScriptedLlmServer server = ScriptedLlmServer.start();
  private final HttpComponentsTransport transport =
      new HttpComponentsTransport("camel-llm/test", HttpSettings.DEFAULT);

  @AfterEach
  void closeBoth() {
    transport.close();
    server.close();
  }

  @Test
  void sendsTheRequestAsItIs() {
    transport.send(
        call("/v1/chat/completions?api-version=1", "{\"a\":\"ü\"}"), new RecordedReply(10));

    Peer peer = server.accept();
    assertThat(peer.requestLine()).isEqualTo("POST /v1/chat/completions?api-version=1 HTTP/1.1");
    assertThat(peer.body()).isEqualTo("{\"a\":\"ü\"}");
    assertThat(peer.headers())
        .containsEntry("Content-Type", "application/json")
        .containsEntry("X-Test", "1")
        .containsEntry("User-Agent", "camel-llm/test")
        .containsEntry("Accept-Encoding", "identity")
        .doesNotContainKeys("Expect", "Upgrade", "Cookie");
  }

  @Test
  void passesEachPieceOnWhenItArrives() {
    RecordedReply reply = new RecordedReply(100);
    transport.send(call("/", "{}"), reply);
    Peer peer = server.accept();

    peer.sendHead(200, "text/event-stream");
    await().until(() -> reply.status() == 200);
    peer.sendChunk("one ");
    await().until(() -> reply.text().equals("one "));
    peer.sendChunk("two");
    await().until(() -> reply.text().equals("one two"));
    assertThat(reply.ends()).isEmpty();
    peer.sendLastChunk();
    await().until(() -> reply.ends().equals("complete"));
    assertThat(reply.header("content-type")).isEqualTo("text/event-stream");
  }

  @Test
  void readsNoMoreThanIsAskedFor() {
    RecordedReply reply = new RecordedReply(0);
    transport.send(call("/", "{}"), reply);
    Peer peer = server.accept();
    peer.reply(200, "text/plain", "held");
    await().until(() -> reply.status() == 200);
    assertThat(reply.text()).isEmpty();
    assertThat(reply.ends()).isEmpty();

    reply.request(1);

    await().until(() -> reply.ends().equals("complete"));
    assertThat(reply.text()).isEqualTo("held");
  }

  @Test
  void aSlowReaderHoldsUpTheServer() throws Exception {
    RecordedReply reply = new RecordedReply(1);
    transport.send(call("/", "{}"), reply);
    Peer peer = server.accept();
    peer.sendHead(200, "text/plain");
    String megabyte = "x".repeat(1 << 20);
    Thread sender =
        new Thread(
            () -> {
              for (int i = 0; i < 64; i++) {
                peer.sendChunk(megabyte);
              }
              peer.sendLastChunk();
            });
    sender.start();
    await().until(() -> waitsForTheSocket(sender));
    assertThat(reply.length()).isLessThan(32 << 20);

    reply.request(Long.MAX_VALUE);

    await().atMost(Duration.ofSeconds(30)).until(() -> reply.ends().equals("complete"));
    assertThat(reply.length()).isEqualTo(64L << 20);
    sender.join();
  }

  @Test
  void usesAConnectionAgainAfterAReplyHasEnded() {
    RecordedReply first = new RecordedReply(100);
    transport.send(call("/", "{}"), first);
    Peer peer = server.accept();
    peer.reply(200, "text/plain", "a");
    await().until(() -> first.ends().equals("complete"));

    RecordedReply second = new RecordedReply(100);
    transport.send(call("/again", "{}"), second);
    peer.readRequest();
    assertThat(peer.requestLine()).startsWith("POST /again ");
    peer.reply(200, "text/plain", "b");
    await().until(() -> second.text().equals("b"));
  }

  @Test
  void aStreamIsTheLastOnItsConnection() {
    RecordedReply reply = new RecordedReply(100);
    transport.send(call("/", "{}"), reply);
    Peer peer = server.accept();

    peer.reply(200, "text/event-stream; charset=utf-8", "a");

    peer.awaitClosed();
    await().until(() -> reply.ends().equals("complete"));
  }

  /** As llama.cpp does after each stream, without a word about it. */
  @Test
  void aServerMayCloseItsConnectionAfterAnyStream() {
    for (int call = 1; call <= 200; call++) {
      RecordedReply reply = new RecordedReply(100);
      transport.send(call("/" + call, "{}"), reply);

      Peer peer = server.accept();
      assertThat(peer.requestLine()).startsWith("POST /" + call + " ");
      peer.sendHead(200, "text/event-stream");
      peer.sendToTheEnd("a");
      peer.close();
      while (reply.ends().isEmpty() && reply.failure() == null) {
        Thread.onSpinWait(); // The next request has to come right then.
      }
      assertThat(reply.ends()).isEqualTo("complete");
    }
  }

  @RepeatedTest(50)
  void cancellingClosesTheSocketBeforeTheHead() {
    RecordedReply reply = new RecordedReply(100);
    Transport.Cancellable exchange = transport.send(call("/", "{}"), reply);
    Peer peer = server.accept();

    exchange.cancel();

    peer.awaitClosed();
  }

  @Test
  void cancellingClosesTheSocketInTheMiddleOfABody() {
    RecordedReply reply = new RecordedReply(100);
    Transport.Cancellable exchange = transport.send(call("/", "{}"), reply);
    Peer peer = server.accept();
    peer.sendHead(200, "text/event-stream");
    peer.sendChunk("a");
    await().until(() -> reply.text().equals("a"));

    exchange.cancel();

    peer.awaitClosed();
    await().until(() -> reply.ends().startsWith("error"));
  }

  /**
   * The connection is new each time: cancelling must not depend on who won a race at its set-up.
   */
  @RepeatedTest(200)
  void cancellingAlwaysClosesTheSocket() {
    RecordedReply reply = new RecordedReply(100);
    Transport.Cancellable exchange = transport.send(call("/", "{}"), reply);
    Peer peer = server.accept();
    peer.sendHead(200, "text/event-stream");
    await().pollInterval(Duration.ofMillis(1)).until(() -> reply.status() == 200);

    exchange.cancel();

    peer.awaitClosed();
  }

  @Test
  void aRefusedConnectionIsTold() {
    String url = server.url();
    server.close();
    RecordedReply reply = new RecordedReply(1);

    transport.send(callTo(url), reply);

    await().until(() -> reply.failure() != null);
    assertThat(reply.failure()).isInstanceOf(ConnectException.class);
  }

  @Test
  void anUnknownHostIsTold() {
    RecordedReply reply = new RecordedReply(1);

    transport.send(callTo("http://no-such-host.invalid/"), reply);

    await().atMost(Duration.ofSeconds(30)).until(() -> reply.failure() != null);
    assertThat(reply.failure()).isInstanceOf(UnknownHostException.class);
  }

  @Test
  void aConnectionThatEndsWithoutAHeadIsTold() {
    RecordedReply reply = new RecordedReply(1);
    transport.send(call("/", "{}"), reply);
    server.accept().close();

    await().until(() -> reply.failure() != null);
    assertThat(reply.ends()).isEmpty();
  }

  @Test
  void aBodyThatIsResetIsAnError() {
    RecordedReply reply = new RecordedReply(100);
    transport.send(call("/", "{}"), reply);
    Peer peer = server.accept();
    peer.sendHead(200, "text/event-stream");
    peer.sendChunk("a");
    await().until(() -> reply.text().equals("a"));
    peer.reset();

    await().until(() -> reply.ends().startsWith("error"));
    assertThat(reply.text()).isEqualTo("a");
  }

  @Test
  void aBodyThatEndsInTheMiddleOfAChunkIsAnError() {
    RecordedReply reply = new RecordedReply(100);
    transport.send(call("/", "{}"), reply);
    Peer peer = server.accept();
    peer.sendHead(200, "text/event-stream");
    peer.send("64\r\nonly a part");
    peer.close();

    await().until(() -> reply.ends().startsWith("error"));
  }

  @Test
  void whatCameWithTheEndOfTheConnectionIsPassedOnBeforeTheError() {
    for (int round = 0; round < 20; round++) {
      RecordedReply reply = new RecordedReply(100);
      transport.send(call("/", "{}"), reply);
      Peer peer = server.accept();

      peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n");
      peer.close();

      await().until(() -> !reply.ends().isEmpty());
      assertThat(reply.ends()).startsWith("error");
      assertThat(reply.text()).isEqualTo("onetwo");
    }
  }

  @Test
  void aPostIsNeverRepeatedAndNoCookieKept() {
    RecordedReply reply = new RecordedReply(100);
    transport.send(call("/", "{}"), reply);
    Peer peer = server.accept();
    peer.send(
        "HTTP/1.1 429 Too Many\r\nRetry-After: 0\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n");
    await().until(() -> reply.ends().equals("complete"));

    transport.send(call("/next", "{}"), new RecordedReply(1));
    peer.readRequest();
    assertThat(peer.requestLine()).as("the very next request").startsWith("POST /next ");
    assertThat(peer.headers()).doesNotContainKey("Cookie");
  }

  @Test
  void aRedirectIsNotFollowed() {
    RecordedReply reply = new RecordedReply(100);
    transport.send(call("/", "{}"), reply);
    server
        .accept()
        .send("HTTP/1.1 307 Elsewhere\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");

    await().until(() -> reply.ends().equals("complete"));
    assertThat(reply.status()).isEqualTo(307);
  }

  @Test
  void closingEndsWhatIsRunning() {
    RecordedReply waiting = new RecordedReply(100);
    RecordedReply reading = new RecordedReply(100);
    transport.send(call("/", "{}"), reading);
    Peer peer = server.accept();
    peer.sendHead(200, "text/plain");
    await().until(() -> reading.status() == 200);
    transport.send(call("/", "{}"), waiting);
    Peer other = server.accept();

    transport.close();

    peer.awaitClosed();
    other.awaitClosed();
    await().until(() -> waiting.failure() != null && reading.ends().startsWith("error"));
  }

  @Test
  void aCallAfterTheCloseIsTold() {
    transport.close();
    RecordedReply reply = new RecordedReply(1);

    transport.send(call("/", "{}"), reply);

    await().until(() -> reply.failure() != null);
  }

  /** A writer waits inside the JDK's poll once the buffers of both sockets are full. */
  private static boolean waitsForTheSocket(Thread thread) {
    return Stream.of(thread.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals("poll"));
  }

  private HttpCall call(String path, String body) {
    return new HttpCall(
        "POST",
        URI.create(server.url() + path),
        Map.of("Content-Type", "application/json", "X-Test", "1"),
        body.getBytes(StandardCharsets.UTF_8),
        Duration.ofSeconds(5));
  }

  private static HttpCall callTo(String url) {
    return new HttpCall("GET", URI.create(url), Map.of(), new byte[0], Duration.ofSeconds(5));
  }
}
