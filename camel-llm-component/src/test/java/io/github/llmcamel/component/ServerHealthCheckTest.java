/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.statistics.CallCounts;
import io.github.llmcamel.testkit.RecordingObserver;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheck.State;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.health.DefaultHealthCheckRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is asked for their health, and what the answer means, over real HTTP. */
class ServerHealthCheckTest {

  private static final String KEY = "canary-91b2c3d4";

  private final ScriptedLlmServer server = ScriptedLlmServer.start();
  private final RecordingObserver observer = new RecordingObserver();
  private final LlmComponent component = new LlmComponent();
  private final DefaultCamelContext context = new DefaultCamelContext();

  @BeforeEach
  void enableChecks() {
    HealthCheckRegistry registry = new DefaultHealthCheckRegistry(context);
    context.getCamelContextExtension().addContextPlugin(HealthCheckRegistry.class, registry);
    producers().setEnabled(true);
    context.addComponent("llm", component);
    context.getRegistry().bind("observer", (ExchangeObserver) exchange -> observer);
  }

  @AfterEach
  void stop() {
    context.stop();
    server.close();
    assertThat(observer.recordings()).as("calls").isEmpty();
    assertThat(component.statistics().sum(CallCounts::calls)).isZero();
  }

  @Test
  void aServerThatAnswersIsUp() throws Exception {
    start(llamaCpp());

    HealthCheck.Result result = checkWhile(200, "{\"status\":\"ok\"}");

    assertThat(result.getState()).isEqualTo(State.UP);
    assertThat(result.getCheck().getId()).isEqualTo("producer:llm-llamacpp");
    assertThat(result.getDetails())
        .containsEntry("llm.provider", "llamacpp")
        .containsEntry("server.address", "127.0.0.1")
        .containsKey("server.port")
        .containsEntry("http.response.code", 200)
        .containsEntry("check.kind", HealthCheck.Kind.READINESS)
        .doesNotContainKey("error.type");
  }

  @Test
  void aServerThatLoadsItsModelIsDown() throws Exception {
    start(llamaCpp());

    HealthCheck.Result result =
        checkWhile(503, "{\"error\":{\"code\":503,\"message\":\"Loading model\"}}");

    assertThat(result.getState()).isEqualTo(State.DOWN);
    assertThat(result.getMessage().orElseThrow())
        .startsWith("llamacpp answered 503: Loading model.");
    assertThat(result.getDetails())
        .containsEntry("http.response.code", 503)
        .containsEntry("error.type", "503");
  }

  @Test
  void aRefusedKeyIsDownAndNotShown() throws Exception {
    start("llm:lmstudio?model=m&apiKey=" + KEY + "&baseUrl=" + server.url());

    HealthCheck.Result result = checkWhile(401, "{\"error\":\"Wrong key " + KEY + "\"}");

    assertThat(result.getState()).isEqualTo(State.DOWN);
    assertThat(result.getMessage().orElseThrow()).contains("answered 401", "Check apiKey.");
    assertThat(result.getDetails()).containsEntry("error.type", "401");
    assertThat(result.getMessage() + " " + result.getError() + " " + result.getDetails())
        .doesNotContain("canary");
  }

  @Test
  void aServerThatCannotBeReachedIsDown() throws Exception {
    start(llamaCpp());
    server.close();

    HealthCheck.Result result = only().call();

    assertThat(result.getState()).isEqualTo(State.DOWN);
    assertThat(result.getMessage().orElseThrow()).contains("cannot be reached");
    assertThat(result.getDetails())
        .containsEntry("error.type", "java.net.ConnectException")
        .doesNotContainKey("http.response.code");
  }

  @Test
  void aServerThatHangsIsDownAfterItsTime() throws Exception {
    start(llamaCpp());
    LlmSettings settings = context.getEndpoint(llamaCpp(), LlmEndpoint.class).settings();
    HealthCheck check =
        new ServerHealthCheck("id", component::client, settings, Duration.ofMillis(300));

    CompletableFuture<HealthCheck.Result> result = CompletableFuture.supplyAsync(check::call);
    Peer peer = server.accept();
    peer.sendHead(200, "application/json");

    assertThat(result.join().getState()).isEqualTo(State.DOWN);
    assertThat(result.join().getMessage())
        .hasValue("llamacpp at 127.0.0.1 did not answer within 300 ms.");
    assertThat(result.join().getDetails())
        .containsEntry("error.type", "java.util.concurrent.TimeoutException");
    peer.awaitClosed();
  }

  @Test
  void theSimulatorIsUp() throws Exception {
    start("llm:simulator?model=demo");

    assertThat(only().call().getState()).isEqualTo(State.UP);
  }

  @Test
  void oneServerHasOneCheckAsLongAsOneOfItsProducersRuns() throws Exception {
    start(llamaCpp(), llamaCpp() + "&temperature=0.5", "llm:simulator?model=demo");
    assertThat(ids()).containsExactly("producer:llm-llamacpp", "producer:llm-simulator");

    context.getRouteController().stopRoute("r0");
    assertThat(ids()).containsExactly("producer:llm-llamacpp", "producer:llm-simulator");

    context.getRouteController().stopRoute("r1");
    assertThat(ids()).containsExactly("producer:llm-simulator");

    context.getRouteController().startRoute("r0");
    assertThat(ids()).containsExactlyInAnyOrder("producer:llm-llamacpp", "producer:llm-simulator");
  }

  @Test
  void twoServersOfOneProviderHaveTwoChecks() throws Exception {
    start(llamaCpp(), "llm:llamacpp?model=m&baseUrl=http://localhost:1/v1");
    assertThat(ids()).containsExactly("producer:llm-llamacpp", "producer:llm-llamacpp-2");

    context.stop();
    assertThat(ids()).isEmpty();
  }

  @Test
  void servicesThatNeedAnAccountAreAskedOnlyOnDemand() throws Exception {
    ProviderOptions groq = new ProviderOptions();
    groq.setHealthCheckEnabled(true);
    component.getProviders().put("groq", groq);

    start(
        "llm:openai?model=m&apiKey=k",
        "llm:groq?model=m&apiKey=k",
        "llm:together?model=m&baseUrl=http://localhost:1/v1");

    assertThat(ids()).containsExactly("producer:llm-groq", "producer:llm-together");
  }

  @Test
  void aProviderCanBeLeftOut() throws Exception {
    ProviderOptions options = new ProviderOptions();
    options.setHealthCheckEnabled(false);
    component.getProviders().put("llamacpp", options);

    start(llamaCpp(), "llm:simulator?model=demo");

    assertThat(ids()).containsExactly("producer:llm-simulator");
  }

  @Test
  void theComponentCanBeLeftOut() throws Exception {
    component.setHealthCheckProducerEnabled(false);

    start(llamaCpp());

    assertThat(ids()).isEmpty();
  }

  @Test
  void routesRunWithoutARegistryOfChecks() throws Exception {
    HealthCheckRegistry.get(context).setEnabled(false);

    start(llamaCpp());

    assertThat(context.getRouteController().getRouteStatus("r0").isStarted()).isTrue();
  }

  private String llamaCpp() {
    return "llm:llamacpp?model=m&baseUrl=" + server.url();
  }

  private void start(String... endpoints) throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            for (int i = 0; i < endpoints.length; i++) {
              from("direct:r" + i).routeId("r" + i).to(endpoints[i]);
            }
          }
        });
    context.start();
  }

  private HealthCheck.Result checkWhile(int status, String body) {
    CompletableFuture<HealthCheck.Result> result = CompletableFuture.supplyAsync(only()::call);
    server.accept().reply(status, "application/json", body);
    return result.join();
  }

  private HealthCheck only() {
    assertThat(producers().stream()).hasSize(1);
    return producers().stream().findFirst().orElseThrow();
  }

  private List<String> ids() {
    return producers().stream().map(HealthCheck::getId).toList();
  }

  private HealthCheckRepository producers() {
    return Objects.requireNonNull(HealthCheckHelper.getHealthCheckRepository(context, "producers"));
  }
}
