/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.testkit.HttpProxyServer;
import io.github.llmcamel.testkit.ScriptedHttp2Server;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.TestCertificate;
import io.github.llmcamel.transport.HttpCall;
import io.github.llmcamel.transport.HttpProxy;
import io.github.llmcamel.transport.HttpProxy.Credentials;
import io.github.llmcamel.transport.HttpSettings;
import io.github.llmcamel.transport.HttpSettings.ProtocolVersion;
import io.github.llmcamel.transport.MisconfiguredConnectionException;
import io.github.llmcamel.transport.Transport.Cancellable;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Through a real proxy. */
class HttpComponentsTransportProxyTest {

  private static final String KEY = "Bearer canary-7f3a91c2d4e5";
  private static final Credentials CREDENTIALS = new Credentials("ada", "s3cret");

  @TempDir private static Path folder;
  private static TestCertificate certificate;

  private final ScriptedLlmServer server = ScriptedLlmServer.start();
  private HttpProxyServer proxy = HttpProxyServer.open();
  private @Nullable HttpComponentsTransport transport;

  @BeforeAll
  static void createKey() {
    certificate = TestCertificate.create(folder, "ip:127.0.0.1");
  }

  @AfterEach
  void stop() {
    requireNonNull(transport).close();
    proxy.close();
    server.close();
  }

  @Test
  void forwardsWhatIsNotEncrypted() {
    RecordedReply reply = send(server.url(), null);
    server.accept().reply(200, "text/plain", "a");

    await().until(() -> reply.ends().equals("complete"));
    assertThat(proxy.heads()).singleElement().asString().startsWith("POST " + server.url());
  }

  @Test
  void opensATunnelForTlsAndShowsTheKeyToTheServerAlone() {
    try (ScriptedHttp2Server tls = ScriptedHttp2Server.start(certificate.context())) {
      RecordedReply reply = send(tls.url(), null);
      tls.accept().reply("a");

      await().until(() -> reply.ends().equals("complete"));
      assertThat(reply.text()).isEqualTo("a");
      assertThat(proxy.heads())
          .singleElement()
          .asString()
          .startsWith("CONNECT " + URI.create(tls.url()).getAuthority())
          .doesNotContain("canary", "Authorization");
    }
  }

  @Test
  void showsItsCredentialsToAProxyThatDemandsThem() {
    demandCredentials();
    try (ScriptedHttp2Server tls = ScriptedHttp2Server.start(certificate.context())) {
      RecordedReply reply = send(tls.url(), CREDENTIALS);
      tls.accept().reply("a");

      await().until(() -> reply.ends().equals("complete"));
      assertThat(proxy.heads()).hasSize(2).noneMatch(head -> head.contains("canary"));
    }
  }

  @Test
  void sendsAPlainRequestOnceToTheServerThoughTheProxyAsksFirst() {
    demandCredentials();
    RecordedReply reply = send(server.url(), CREDENTIALS);
    ScriptedLlmServer.Peer peer = server.accept();
    assertThat(peer.body()).isEqualTo("{}");
    peer.reply(200, "text/plain", "a");

    await().until(() -> reply.ends().equals("complete"));
  }

  @ParameterizedTest
  @CsvSource({"https://127.0.0.1:1", "http://127.0.0.1:1"})
  void saysThatAProxyDemandsAUser(String url) {
    demandCredentials();

    assertThat(refusal(url, null))
        .isInstanceOf(MisconfiguredConnectionException.class)
        .hasMessage(
            "The proxy localhost:%d demands a user. Set proxyAuthUsername and proxyAuthPassword.",
            proxy.port());
  }

  @Test
  void saysThatAProxyRefusesTheUser() {
    demandCredentials();

    assertThat(refusal("https://127.0.0.1:1", new Credentials("eve", "wr0ng")))
        .isInstanceOf(MisconfiguredConnectionException.class)
        .hasMessage(
            "The proxy localhost:%d refuses the user. Correct proxyAuthUsername and proxyAuthPassword.",
            proxy.port());
  }

  @Test
  void saysThatAProxyDoesNotAllowAHost() {
    refuse(403);

    assertThat(refusal("https://127.0.0.1:1", null))
        .isInstanceOf(MisconfiguredConnectionException.class)
        .hasMessageStartingWith(
            "The proxy localhost:%d refuses to connect to 127.0.0.1 (403).", proxy.port());
  }

  @Test
  void saysThatAProxyCannotReachAHost() {
    refuse(502);

    assertThat(refusal("https://127.0.0.1:1", null))
        .isInstanceOf(ConnectException.class)
        .hasMessageStartingWith(
            "The proxy localhost:%d cannot connect to 127.0.0.1 (502).", proxy.port());
  }

  @Test
  void saysThatAProxyCannotBeReached() {
    int port = proxy.port();
    proxy.close();

    assertThat(refusal("https://127.0.0.1:1", null))
        .isInstanceOf(ConnectException.class)
        .hasMessageStartingWith("The proxy localhost:%d cannot be reached.", port);
  }

  @Test
  void callsSomeHostsDirectly() {
    RecordedReply reply = send(server.url(), null, "*.corp", "127.*");
    server.accept().reply(200, "text/plain", "a");

    await().until(() -> reply.ends().equals("complete"));
    assertThat(proxy.heads()).isEmpty();
  }

  @Test
  void cancellingEndsAHandshakeInTheTunnel() {
    RecordedReply reply = new RecordedReply(1);
    Cancellable exchange = send(server.url().replace("http:", "https:"), reply, null);
    ScriptedLlmServer.Peer peer = server.acceptSilently();

    exchange.cancel();

    peer.awaitEnd();
    await().until(() -> reply.failure() != null);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, LOCALHOST, false",
    "localhost, localhost.corp, true",
    "*.corp, llm.corp, false",
    "*.corp, corp, true",
    "10.0.*, 10.0.7.1, false",
    "10.0.*, 110.0.7.1, true",
    "a.c, abc, true",
    "[::1], ::1, false",
  })
  void anAsteriskStandsForAnything(String pattern, String host, boolean isProxied) {
    transport = new HttpComponentsTransport("camel-llm/test", HttpSettings.DEFAULT);

    assertThat(new HttpProxy("p", 1, null, List.of(pattern)).isFor(host)).isEqualTo(isProxied);
  }

  private void demandCredentials() {
    proxy.close();
    proxy = HttpProxyServer.demanding(CREDENTIALS.username(), CREDENTIALS.password());
  }

  private void refuse(int status) {
    proxy.close();
    proxy = HttpProxyServer.refusing(status);
  }

  private Throwable refusal(String url, @Nullable Credentials credentials) {
    RecordedReply reply = send(url, credentials);
    await().until(() -> reply.failure() != null);
    Throwable failure = requireNonNull(reply.failure());
    assertThat(failure).hasMessageNotContainingAny("s3cret", "wr0ng", "canary");
    return failure;
  }

  private RecordedReply send(
      String url, @Nullable Credentials credentials, String... nonProxyHosts) {
    RecordedReply reply = new RecordedReply(100);
    Cancellable unused = send(url, reply, credentials, nonProxyHosts);
    return reply;
  }

  private Cancellable send(
      String url, RecordedReply reply, @Nullable Credentials credentials, String... direct) {
    SSLContext tls = certificate.trustingContext();
    HttpProxy settings = new HttpProxy("localhost", proxy.port(), credentials, List.of(direct));
    HttpComponentsTransport opened =
        new HttpComponentsTransport(
            "camel-llm/test", new HttpSettings(tls, settings, ProtocolVersion.AUTO));
    transport = opened;
    return opened.send(
        new HttpCall(
            "POST",
            URI.create(url),
            Map.of("Content-Type", "application/json", "Authorization", KEY),
            "{}".getBytes(StandardCharsets.UTF_8),
            Duration.ofSeconds(5)),
        reply);
  }
}
