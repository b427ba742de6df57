/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.testkit.ScriptedHttp2Server;
import io.github.llmcamel.testkit.ScriptedHttp2Server.Frame;
import io.github.llmcamel.testkit.ScriptedHttp2Server.FrameType;
import io.github.llmcamel.testkit.ScriptedHttp2Server.Peer;
import io.github.llmcamel.testkit.TestCertificate;
import io.github.llmcamel.transport.HttpCall;
import io.github.llmcamel.transport.HttpSettings;
import io.github.llmcamel.transport.HttpSettings.ProtocolVersion;
import io.github.llmcamel.transport.Transport.Cancellable;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over HTTP/2, frame by frame. */
class HttpComponentsTransportHttp2Test {

  /** Of a stream, as the client leaves it. */
  private static final int WINDOW = 65_535;

  private static final int FRAME = 16 * 1024;

  @TempDir private static Path folder;
  private static TestCertificate certificate;

  private ScriptedHttp2Server server;
  private HttpComponentsTransport transport;

  @BeforeAll
  static void createKey() {
    certificate = TestCertificate.create(folder, "ip:127.0.0.1");
  }

  @BeforeEach
  void start() {
    server = ScriptedHttp2Server.start(certificate.context());
    transport =
        new HttpComponentsTransport(
            "camel-llm/test",
            new HttpSettings(certificate.trustingContext(), null, ProtocolVersion.AUTO));
  }

  @AfterEach
  void stop() {
    transport.close();
    server.close();
  }

  @Test
  void passesEachPieceOnWhenItArrives() {
    RecordedReply reply = new RecordedReply(100);
    Peer peer = opened(reply);

    peer.sendHead();
    await().until(() -> reply.status() == 200);
    peer.sendText("one ");
    await().until(() -> reply.text().equals("one "));
    peer.sendText("two");
    await().until(() -> reply.text().equals("one two"));
    assertThat(reply.ends()).isEmpty();
    peer.sendEnd();

    await().until(() -> reply.ends().equals("complete"));
  }

  @Test
  void usesAConnectionAgainAfterAReplyHasEnded() {
    RecordedReply first = new RecordedReply(100);
    Peer peer = opened(first);
    peer.reply("a");
    await().until(() -> first.ends().equals("complete"));

    RecordedReply second = new RecordedReply(100);
    send(second);
    peer.readRequest();
    peer.reply("b");

    await().until(() -> second.ends().equals("complete"));
    assertThat(second.text()).isEqualTo("b");
  }

  @Test
  void aSlowReaderHoldsUpItsStream() {
    RecordedReply reply = new RecordedReply(0);
    Peer peer = opened(reply);
    peer.sendHead();
    await().until(() -> reply.status() == 200);

    fillWindow(peer);

    assertThat(peer.readUntilItHasSeenAll()).noneMatch(frame -> frame.stream() == peer.stream());
    assertThat(reply.length()).isZero();

    reply.request(Long.MAX_VALUE);

    await().until(() -> reply.length() == WINDOW);
    Frame credit = peer.readUntil(FrameType.WINDOW_UPDATE);
    assertThat(credit.stream()).isEqualTo(peer.stream());
    peer.sendEnd();
    await().until(() -> reply.ends().equals("complete"));
  }

  @Test
  void aReaderThatKeepsUpGetsMoreThanOneWindow() {
    RecordedReply reply = new RecordedReply(Long.MAX_VALUE);
    Peer peer = opened(reply);
    peer.sendHead();

    long credit = WINDOW;
    for (int sent = 0; sent < 10 * WINDOW; sent += FRAME) {
      while (credit < FRAME) {
        Frame update = peer.readUntil(FrameType.WINDOW_UPDATE);
        credit += update.stream() == peer.stream() ? increment(update) : 0;
      }
      peer.send(FrameType.DATA, 0, peer.stream(), new byte[FRAME]);
      credit -= FRAME;
    }
    peer.sendEnd();

    await().until(() -> reply.ends().equals("complete"));
    assertThat(reply.length()).isGreaterThanOrEqualTo(10L * WINDOW);
  }

  /** Each has a connection of its own, so cancelling one can close it. */
  @RepeatedTest(20)
  void cancellingOneCallLeavesTheOthersAlone() {
    RecordedReply cancelled = new RecordedReply(100);
    Cancellable exchange = send(cancelled);
    Peer first = server.accept();
    first.sendHead();
    first.sendText("a");
    RecordedReply other = new RecordedReply(100);
    Peer second = opened(other);
    second.sendHead();
    await().until(() -> cancelled.text().equals("a") && other.status() == 200);

    exchange.cancel();

    first.awaitClosed();
    second.sendText("goes on");
    second.sendEnd();
    await().until(() -> other.ends().equals("complete"));
    assertThat(other.text()).isEqualTo("goes on");
    await().until(() -> cancelled.ends().startsWith("error"));
  }

  @RepeatedTest(50)
  void cancellingClosesTheConnectionBeforeTheHead() {
    Cancellable exchange = send(new RecordedReply(100));
    Peer peer = server.accept();

    exchange.cancel();

    peer.awaitClosed();
  }

  @Test
  void aStreamThatTheServerResetsIsAnErrorAfterWhatHadArrived() {
    RecordedReply reply = new RecordedReply(100);
    Peer peer = opened(reply);
    peer.sendHead();
    peer.sendText("a");
    peer.sendReset(2);

    await().until(() -> reply.ends().startsWith("error"));
    assertThat(reply.text()).isEqualTo("a");
  }

  @Test
  void aConnectionThatBreaksIsAnErrorAfterWhatHadArrived() {
    RecordedReply reply = new RecordedReply(100);
    Peer peer = opened(reply);
    peer.sendHead();
    peer.sendText("a");
    peer.close();

    await().until(() -> reply.ends().startsWith("error"));
    assertThat(reply.text()).isEqualTo("a");
  }

  @Test
  void aServerThatGoesAwayFinishesTheReplyAndIsLeftForANewConnection() {
    RecordedReply first = new RecordedReply(100);
    Peer peer = opened(first);
    peer.sendHead();
    peer.sendGoAway(peer.stream());
    peer.sendText("still here");
    peer.sendEnd();
    await().until(() -> first.ends().equals("complete"));
    assertThat(first.text()).isEqualTo("still here");
    peer.awaitClosed();

    RecordedReply second = new RecordedReply(100);
    opened(second).reply("b");

    await().until(() -> second.ends().equals("complete"));
  }

  @Test
  void aRequestThatTheServerWillNotServeFailsInsteadOfWaiting() {
    RecordedReply reply = new RecordedReply(100);
    Peer peer = opened(reply);
    peer.sendGoAway(0);
    peer.close();

    await().until(() -> reply.failure() != null);
  }

  @Test
  void aHeadThatIsTooLargeIsRefused() {
    RecordedReply reply = new RecordedReply(100);
    Peer peer = opened(reply);
    peer.send(FrameType.HEADERS, 0, peer.stream(), new byte[] {(byte) 0x88});
    try {
      for (int i = 0; i < 40; i++) {
        peer.send(
            FrameType.CONTINUATION, i == 39 ? 4 : 0, peer.stream(), field("x".repeat(FRAME - 16)));
      }
    } catch (UncheckedIOException refused) {
      // In the middle of it.
    }

    await().until(() -> reply.failure() != null);
    assertThat(requireNonNull(reply.failure())).hasMessageContaining("exceeded");
  }

  @Test
  void onlyHttp11IsOfferedWhereNothingElseIsWanted() {
    transport.close();
    transport =
        new HttpComponentsTransport(
            "camel-llm/test",
            new HttpSettings(certificate.trustingContext(), null, ProtocolVersion.HTTP_1_1));
    RecordedReply reply = new RecordedReply(1);
    send(reply);
    try {
      server.accept();
    } catch (UncheckedIOException noCommonProtocol) {
      // The server speaks nothing else.
    }

    await().until(() -> reply.failure() != null);
  }

  /** A literal header field "a" that is not indexed; the value is shorter than 16,511 bytes. */
  private static byte[] field(String value) {
    int rest = value.length() - 127;
    byte[] head = {0, 1, 'a', 127, (byte) (rest % 128 + 128), (byte) (rest / 128)};
    byte[] field = Arrays.copyOf(head, head.length + value.length());
    System.arraycopy(
        value.getBytes(StandardCharsets.US_ASCII), 0, field, head.length, value.length());
    return field;
  }

  private static long increment(Frame update) {
    return ByteBuffer.wrap(update.payload()).getInt();
  }

  private static void fillWindow(Peer peer) {
    for (int left = WINDOW; left > 0; left -= Math.min(left, FRAME)) {
      peer.send(FrameType.DATA, 0, peer.stream(), new byte[Math.min(left, FRAME)]);
    }
  }

  /** Sends a call and waits for its request. */
  private Peer opened(RecordedReply reply) {
    send(reply);
    return server.accept();
  }

  private Cancellable send(RecordedReply reply) {
    return transport.send(
        new HttpCall(
            "POST",
            URI.create(server.url() + "/v1/chat/completions"),
            Map.of("Content-Type", "application/json"),
            "{}".getBytes(StandardCharsets.UTF_8),
            Duration.ofSeconds(5)),
        reply);
  }
}
