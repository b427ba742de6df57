/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.error.LlmConnectionException;
import io.github.llmcamel.testkit.HttpProxyServer;
import io.github.llmcamel.testkit.ScriptedHttp2Server;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.TestCertificate;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers that only a proxy can reach. */
class LlmProxyRouteTest {

  private static final String ANSWER =
      "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"done\"},\"finish_reason\":\"stop\"}]}";
  private static final String KEY = "canary-7f3a91c2d4e5";
  private static final String PASSWORD = "canary-of-the-proxy";

  @TempDir private static Path folder;
  private static TestCertificate certificate;

  private final ScriptedLlmServer server = ScriptedLlmServer.start();
  private final HttpProxyServer proxy = HttpProxyServer.demanding("ada", PASSWORD);
  private final HttpProxyServer openProxy = HttpProxyServer.open();
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final LlmComponent component = new LlmComponent();

  @BeforeAll
  static void createKey() {
    certificate = TestCertificate.create(folder, "ip:127.0.0.1");
  }

  @AfterEach
  void stop() {
    context.stop();
    proxy.close();
    openProxy.close();
    server.close();
  }

  @Test
  void aTunnelWithCredentialsLeadsToAServerOverTls() throws Exception {
    useProxy(component.getConfiguration());
    component.getConfiguration().setProxyAuthUsername("ada");
    component.getConfiguration().setProxyAuthPassword(PASSWORD);
    component.getConfiguration().setSslContextParameters(trusting());
    try (ScriptedHttp2Server tls = ScriptedHttp2Server.start(certificate.context())) {
      CompletableFuture<Exchange> answer = ask(tls.url(), "");
      tls.accept().reply(ANSWER);

      assertThat(answer.get().getMessage().getBody()).isEqualTo("done");
    }
    assertThat(proxy.heads()).hasSize(2).noneMatch(head -> head.contains(KEY));
  }

  @Test
  void aProxyThatDemandsAUserIsNamedWithTheCure() throws Exception {
    useProxy(component.getConfiguration());

    Exchange answered = ask("https://127.0.0.1:1", "").get();

    LlmConnectionException failure = answered.getException(LlmConnectionException.class);
    assertThat(failure)
        .hasMessage(
            "vllm at 127.0.0.1:1 cannot be reached: The proxy 127.0.0.1:%d demands a user. Set"
                + " proxyAuthUsername and proxyAuthPassword.",
            proxy.port());
    assertThat(failure.getStatusCode()).isZero();
    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure).hasStackTraceContaining("The proxy answered 407");
    assertThat(proxy.heads()).noneMatch(head -> head.contains(KEY));
  }

  @Test
  void theUriGoesBeforeTheComponent() throws Exception {
    useProxy(component.getConfiguration());

    CompletableFuture<Exchange> answer =
        ask(server.url(), "&proxyHost=127.0.0.1&proxyPort=" + openProxy.port());
    server.accept().reply(200, "application/json", ANSWER);

    assertThat(answer.get().getMessage().getBody()).isEqualTo("done");
    assertThat(openProxy.heads()).hasSize(1);
    assertThat(proxy.heads()).isEmpty();
  }

  @Test
  void camelsGlobalOptionsCountAsForCamelHttp() throws Exception {
    context.setGlobalOptions(
        Map.of("http.proxyHost", "127.0.0.1", "http.proxyPort", "" + openProxy.port()));

    CompletableFuture<Exchange> answer = ask(server.url(), "");
    server.accept().reply(200, "application/json", ANSWER);

    assertThat(answer.get().getMessage().getBody()).isEqualTo("done");
    assertThat(openProxy.heads()).hasSize(1);
  }

  @Test
  void someHostsAreCalledDirectly() throws Exception {
    useProxy(component.getConfiguration());
    component.getConfiguration().setNonProxyHosts("*.corp, 127.*|localhost");

    CompletableFuture<Exchange> answer = ask(server.url(), "");
    server.accept().reply(200, "application/json", ANSWER);

    assertThat(answer.get().getMessage().getBody()).isEqualTo("done");
    assertThat(proxy.heads()).isEmpty();
  }

  @Test
  void thePasswordIsMaskedWhereCamelPrintsTheEndpoint() throws Exception {
    ask(
            "https://127.0.0.1:1",
            "&proxyHost=127.0.0.1&proxyPort=%d&proxyAuthUsername=eve&proxyAuthPassword=canary-2"
                .formatted(proxy.port()))
        .get();

    assertThat(context.getEndpoints()).noneMatch(e -> e.toString().contains("canary-2"));
  }

  private void useProxy(LlmConfiguration options) {
    options.setProxyHost("127.0.0.1");
    options.setProxyPort(proxy.port());
  }

  private CompletableFuture<Exchange> ask(String url, String options) throws Exception {
    String uri = "llm:vllm?model=m&apiKey=%s&baseUrl=%s/v1%s".formatted(KEY, url, options);
    context.addComponent("llm", component);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:in").to(uri);
          }
        });
    context.start();
    return context
        .createProducerTemplate()
        .asyncSend("direct:in", e -> e.getMessage().setBody("hi"));
  }

  private static SSLContextParameters trusting() {
    KeyStoreParameters store = new KeyStoreParameters();
    store.setResource("file:" + certificate.store());
    store.setPassword(TestCertificate.PASSWORD);
    TrustManagersParameters trust = new TrustManagersParameters();
    trust.setKeyStore(store);
    SSLContextParameters parameters = new SSLContextParameters();
    parameters.setTrustManagers(trust);
    return parameters;
  }
}
