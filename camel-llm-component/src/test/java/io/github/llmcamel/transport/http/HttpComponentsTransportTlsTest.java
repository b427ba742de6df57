/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.testkit.TestCertificate;
import io.github.llmcamel.transport.HttpCall;
import io.github.llmcamel.transport.HttpSettings;
import io.github.llmcamel.transport.HttpSettings.ProtocolVersion;
import io.github.llmcamel.transport.MisconfiguredConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Over TLS, where the end of a connection can be told in more than one way. */
class HttpComponentsTransportTlsTest {

  private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  @TempDir private static Path folder;
  private static TestCertificate certificate;

  private ServerSocket listener;
  private HttpComponentsTransport transport;

  /** How a server ends its side of a TLS connection. */
  enum End {
    /** As it should be: the end is told, then the connection closed. */
    TOLD_AND_CLOSED,
    /** As by a process that died: closed without a word. */
    CLOSED,
    /** Told, but the connection stays open. */
    TOLD;

    void end(SSLSocket tls, Socket raw) throws IOException {
      switch (this) {
        case TOLD_AND_CLOSED -> tls.close();
        case CLOSED -> raw.close();
        case TOLD -> tls.shutdownOutput();
      }
    }
  }

  @BeforeAll
  static void createKey() {
    certificate = TestCertificate.create(folder, "ip:127.0.0.1");
  }

  @BeforeEach
  void start() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    transport = trusting(certificate.trustingContext());
  }

  @AfterEach
  void stop() throws IOException {
    transport.close();
    listener.close();
  }

  @ParameterizedTest
  @EnumSource
  void passesOnWhatCameWithTheEndOfTheConnectionBeforeTheError(End end) throws Exception {
    RecordedReply reply = send();
    try (Socket raw = listener.accept();
        SSLSocket tls = tls(raw)) {
      readRequest(tls);
      write(tls, HEAD + "3\r\none\r\n3\r\ntwo\r\n");
      end.end(tls, raw);

      await().until(() -> !reply.ends().isEmpty());
    }

    assertThat(reply.ends()).startsWith("error");
    assertThat(reply.text()).isEqualTo("onetwo");
  }

  @Test
  void aStreamLeavesItsConnectionToTheNextCallBecauseItIsDearToMake() throws Exception {
    RecordedReply first = send();
    try (Socket raw = listener.accept();
        SSLSocket tls = tls(raw)) {
      readRequest(tls);
      write(tls, HEAD.replace("OK", "OK\r\nContent-Type: text/event-stream"));
      write(tls, "3\r\none\r\n0\r\n\r\n");
      await().until(() -> first.ends().equals("complete"));

      RecordedReply second = send();
      readRequest(tls);
      write(tls, HEAD + "3\r\ntwo\r\n0\r\n\r\n");
      await().until(() -> second.ends().equals("complete"));
      assertThat(second.text()).isEqualTo("two");
    }
  }

  @ParameterizedTest
  @EnumSource
  void completesAReplyThatEndsWithItsConnection(End end) throws Exception {
    RecordedReply reply = send();
    try (Socket raw = listener.accept();
        SSLSocket tls = tls(raw)) {
      readRequest(tls);
      write(tls, HEAD + "3\r\none\r\n0\r\n\r\n");
      end.end(tls, raw);

      await().until(() -> !reply.ends().isEmpty());
    }

    assertThat(reply.ends()).isEqualTo("complete");
    assertThat(reply.text()).isEqualTo("one");
  }

  @Test
  void refusesACertificateThatNobodyVouchesFor() throws Exception {
    transport.close();
    transport = new HttpComponentsTransport("camel-llm/test", HttpSettings.DEFAULT);

    assertThat(refusal(certificate))
        .isInstanceOf(MisconfiguredConnectionException.class)
        .hasMessage(
            "The certificate of 127.0.0.1 is not trusted. Put its issuer into a trust store and set"
                + " that as sslContextParameters.")
        .hasCauseInstanceOf(SSLException.class);
  }

  @Test
  void refusesACertificateForAnotherName() throws Exception {
    TestCertificate other = TestCertificate.create(folder, "dns:other.example");
    trust(other);

    assertThat(refusal(other)).hasMessageStartingWith("The certificate is not for 127.0.0.1.");
  }

  @Test
  void refusesACertificateThatHasExpired() throws Exception {
    trust(TestCertificate.ofResource("issuer"));

    assertThat(refusal(TestCertificate.ofResource("expired")))
        .hasMessage("The certificate of 127.0.0.1 has expired. It must be renewed there.");
  }

  @Test
  void saysThatAServerDemandsAClientCertificate() throws Exception {
    RecordedReply reply = send();
    try (Socket raw = listener.accept();
        SSLSocket tls = tls(raw, certificate)) {
      tls.setNeedClientAuth(true);
      assertThat(reads(tls)).isFalse();
    }

    await().until(() -> reply.failure() != null);
    assertThat(requireNonNull(reply.failure()))
        .hasMessageStartingWith("127.0.0.1 demands a client certificate");
  }

  @Test
  void saysThatAServerDoesNotSpeakTls() throws Exception {
    RecordedReply reply = send();
    try (Socket raw = listener.accept()) {
      raw.getOutputStream()
          .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      await().until(() -> reply.failure() != null);
    }

    assertThat(requireNonNull(reply.failure()))
        .hasMessage(
            "127.0.0.1 does not speak TLS there. Correct the scheme or the port of baseUrl.");
  }

  @Test
  void aConnectionWithAClientCertificateIsUsedAgain() throws Exception {
    TestCertificate client = TestCertificate.create(folder, "dns:client");
    transport.close();
    transport = trusting(client.contextTrusting(certificate));
    RecordedReply first = send();
    try (Socket raw = listener.accept();
        SSLSocket tls = tls(raw, certificate.contextTrusting(client))) {
      tls.setNeedClientAuth(true);
      readRequest(tls);
      write(tls, HEAD + "3\r\none\r\n0\r\n\r\n");
      await().until(() -> first.ends().equals("complete"));

      RecordedReply second = send();
      readRequest(tls);
      write(tls, HEAD + "3\r\ntwo\r\n0\r\n\r\n");
      await().until(() -> second.ends().equals("complete"));
    }
  }

  private void trust(TestCertificate trusted) {
    transport.close();
    transport = trusting(trusted.trustingContext());
  }

  private static HttpComponentsTransport trusting(SSLContext tls) {
    return new HttpComponentsTransport(
        "camel-llm/test", new HttpSettings(tls, null, ProtocolVersion.AUTO));
  }

  private Throwable refusal(TestCertificate shown) throws Exception {
    RecordedReply reply = send();
    try (Socket raw = listener.accept();
        SSLSocket tls = tls(raw, shown)) {
      assertThat(reads(tls)).isFalse();
    }
    await().until(() -> reply.failure() != null);
    return requireNonNull(reply.failure());
  }

  private RecordedReply send() {
    RecordedReply reply = new RecordedReply(100);
    transport.send(
        new HttpCall(
            "GET",
            URI.create("https://127.0.0.1:" + listener.getLocalPort()),
            Map.of(),
            new byte[0],
            Duration.ofSeconds(5)),
        reply);
    return reply;
  }

  private static boolean reads(SSLSocket tls) {
    try {
      readRequest(tls);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void readRequest(SSLSocket tls) throws IOException {
    StringBuilder request = new StringBuilder();
    InputStream in = tls.getInputStream();
    while (request.indexOf("\r\n\r\n") < 0) {
      int read = in.read();
      if (read < 0) {
        throw new IOException("The connection ended inside a request.");
      }
      request.append((char) read);
    }
  }

  private static void write(SSLSocket tls, String text) throws IOException {
    tls.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    tls.getOutputStream().flush();
  }

  private static SSLSocket tls(Socket raw) throws IOException {
    return tls(raw, certificate);
  }

  private static SSLSocket tls(Socket raw, TestCertificate shown) throws IOException {
    return tls(raw, shown.context());
  }

  private static SSLSocket tls(Socket raw, SSLContext context) throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, null, true);
    socket.setUseClientMode(false);
    return socket;
  }
}
