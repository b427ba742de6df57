/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.llmcamel.error.LlmConnectionException;
import io.github.llmcamel.testkit.TestCertificate;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server whose certificate the JVM does not know, as in a company with an authority of its own.
 */
class LlmTlsRouteTest {

  private static final String ANSWER =
      "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"done\"},\"finish_reason\":\"stop\"}]}";
  private static final String STREAM =
      """
      data: {"choices":[{"index":0,"delta":{"content":"done"},"finish_reason":"stop"}]}

      data: [DONE]

      """;

  @TempDir private static Path folder;
  private static TestCertificate certificate;
  private static TestCertificate client;

  private final Main main = new Main();
  private WireMockServer server = server(wireMockConfig());

  @BeforeAll
  static void createKeys() {
    certificate = TestCertificate.create(folder, "ip:127.0.0.1,dns:localhost");
    client = TestCertificate.create(folder, "dns:client");
  }

  @AfterEach
  void stop() {
    main.stop();
    server.stop();
  }

  @Test
  void anEndpointTrustsWhomItsBeanNames() throws Exception {
    main.bind("tls", trusting(certificate));

    Exchange answered = ask("&sslContextParameters=#tls", Map.of());

    assertThat(answered.getException()).isNull();
    assertThat(answered.getMessage().getBody()).isEqualTo("done");
    assertThat(protocol()).as("what the server offers is taken").isEqualTo("HTTP/2.0");
  }

  @Test
  void aStreamComesOverHttp2() throws Exception {
    main.bind("tls", trusting(certificate));
    server.stubFor(
        post("/v1/chat/completions")
            .willReturn(
                aResponse().withHeader("Content-Type", "text/event-stream").withBody(STREAM)));

    Exchange answered = ask("&sslContextParameters=#tls&streamMode=aggregate", Map.of());

    assertThat(answered.getMessage().getBody()).isEqualTo("done");
    assertThat(protocol()).isEqualTo("HTTP/2.0");
  }

  @Test
  void http11IsSpokenToThoseWhoWantIt() throws Exception {
    main.bind("tls", trusting(certificate));

    ask("&sslContextParameters=#tls&httpVersion=1.1", Map.of());

    assertThat(protocol()).isEqualTo("HTTP/1.1");
  }

  @Test
  void theComponentTrustsForAllEndpoints() throws Exception {
    main.bind("tls", trusting(certificate));

    Exchange answered = ask("", Map.of("camel.component.llm.ssl-context-parameters", "#tls"));

    assertThat(answered.getMessage().getBody()).isEqualTo("done");
  }

  @Test
  void camelsGlobalTrustCountsForThoseWhoSaySo() throws Exception {
    Exchange answered =
        ask(
            "",
            Map.of(
                "camel.ssl.enabled",
                "true",
                "camel.ssl.trust-store",
                "file:" + certificate.store(),
                "camel.ssl.trust-store-password",
                TestCertificate.PASSWORD,
                "camel.component.llm.use-global-ssl-context-parameters",
                "true"));

    assertThat(answered.getException()).isNull();
    assertThat(answered.getMessage().getBody()).isEqualTo("done");
  }

  @Test
  void aCertificateThatNobodyKnowsIsRefusedWithTheCure() throws Exception {
    Exchange answered = ask("", Map.of());

    LlmConnectionException failure = answered.getException(LlmConnectionException.class);
    assertThat(failure)
        .hasMessage(
            "vllm at localhost:%d cannot be reached: The certificate of localhost is not trusted."
                + " Put its issuer into a trust store and set that as sslContextParameters.",
            server.httpsPort())
        .hasRootCauseInstanceOf(Exception.class);
    assertThat(failure.getErrorType()).isEqualTo(SSLException.class.getName());
    assertThat(failure.isRetryable()).isFalse();
    assertThat(server.getAllServeEvents()).isEmpty();
  }

  @Test
  void aClientCertificateIsShownToAServerThatDemandsOne() throws Exception {
    server.stop();
    server =
        server(
            wireMockConfig()
                .needClientAuth(true)
                .trustStorePath(client.store().toString())
                .trustStorePassword(TestCertificate.PASSWORD)
                .trustStoreType("PKCS12"));
    SSLContextParameters both = trusting(certificate);
    KeyManagersParameters keys = new KeyManagersParameters();
    keys.setKeyStore(store(client));
    keys.setKeyPassword(TestCertificate.PASSWORD);
    both.setKeyManagers(keys);
    main.bind("tls", both);

    Exchange answered = ask("&sslContextParameters=#tls", Map.of());

    assertThat(answered.getException()).isNull();
    assertThat(answered.getMessage().getBody()).isEqualTo("done");
  }

  @Test
  void aStoreThatCannotBeReadIsNamedAtStartUp() {
    SSLContextParameters broken = trusting(certificate);
    broken.getTrustManagers().getKeyStore().setPassword("wrong-canary");
    main.bind("tls", broken);

    assertThatThrownBy(() -> ask("&sslContextParameters=#tls", Map.of()))
        .hasStackTraceContaining("sslContextParameters cannot be used")
        .satisfies(e -> assertThat(e).hasMessageNotContaining("canary"));
  }

  private Exchange ask(String options, Map<String, String> properties) throws Exception {
    String uri = "llm:vllm?model=m&baseUrl=https://localhost:%d/v1".formatted(server.httpsPort());
    Properties overrides = new Properties();
    overrides.putAll(properties);
    main.setOverrideProperties(overrides);
    main.configure()
        .addRoutesBuilder(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:in").to(uri + options);
              }
            });
    main.start();
    return main.getCamelTemplate().request("direct:in", e -> e.getMessage().setBody("hi"));
  }

  private String protocol() {
    return server.getAllServeEvents().get(0).getRequest().getProtocol();
  }

  private static WireMockServer server(WireMockConfiguration options) {
    WireMockServer started =
        new WireMockServer(
            options
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystorePath(certificate.store().toString())
                .keystorePassword(TestCertificate.PASSWORD)
                .keyManagerPassword(TestCertificate.PASSWORD)
                .keystoreType("PKCS12"));
    started.start();
    started.stubFor(post("/v1/chat/completions").willReturn(okJson(ANSWER)));
    return started;
  }

  private static SSLContextParameters trusting(TestCertificate trusted) {
    TrustManagersParameters trust = new TrustManagersParameters();
    trust.setKeyStore(store(trusted));
    SSLContextParameters parameters = new SSLContextParameters();
    parameters.setTrustManagers(trust);
    return parameters;
  }

  private static KeyStoreParameters store(TestCertificate certificate) {
    KeyStoreParameters store = new KeyStoreParameters();
    store.setResource("file:" + certificate.store());
    store.setPassword(TestCertificate.PASSWORD);
    return store;
  }
}
