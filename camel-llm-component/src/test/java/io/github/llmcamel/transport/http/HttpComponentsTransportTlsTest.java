/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.transport.HttpCall;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
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

  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";
  private static final String PASSWORD = "changeit";
  private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  @TempDir private static Path folder;

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
  static void createKey() throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                keyStore().toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
  }

  @BeforeEach
  void start() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    System.setProperty(TRUST_STORE, keyStore().toString());
    System.setProperty(TRUST_STORE_PASSWORD, PASSWORD);
    try {
      transport = new HttpComponentsTransport("camel-llm/test");
    } finally {
      System.clearProperty(TRUST_STORE);
      System.clearProperty(TRUST_STORE_PASSWORD);
    }
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
    transport = new HttpComponentsTransport("camel-llm/test");
    RecordedReply reply = send();
    try (Socket raw = listener.accept();
        SSLSocket tls = tls(raw)) {
      assertThat(reads(tls)).isFalse();
    }

    await().until(() -> reply.failure() != null);
    assertThat(reply.failure()).isInstanceOf(SSLException.class);
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

  private static SSLSocket tls(Socket raw) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore())) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, null, true);
    socket.setUseClientMode(false);
    return socket;
  }

  private static Path keyStore() {
    return folder.resolve("server.p12");
  }
}
