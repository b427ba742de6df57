/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.canary;

import static org.awaitility.Awaitility.await;

import io.github.llmcamel.component.LlmComponent;
import io.github.llmcamel.component.LlmConstants;
import io.github.llmcamel.component.LlmDevConsole;
import io.github.llmcamel.component.LlmStream;
import io.github.llmcamel.component.ProviderOptions;
import io.github.llmcamel.otel.testkit.Mode;
import io.github.llmcamel.otel.testkit.OtlpServer;
import io.github.llmcamel.testkit.CapturedLog;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.opentelemetry.api.GlobalOpenTelemetry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;

/** Plays endings and looks for canaries in all that a call leaves behind. */
final class CanaryRun implements AutoCloseable {

  private final OtlpServer collector = new OtlpServer();
  private final ScriptedLlmServer model = ScriptedLlmServer.start();
  private final CapturedLog log = CapturedLog.atTrace("io.github.llmcamel");
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final List<String> leaks = new ArrayList<>();
  private int calls;

  CanaryRun() throws IOException {}

  /**
   * Starts a route for each ending in each of its modes.
   *
   * @param properties of Camel, by their names
   */
  void start(List<Ending> endings, Map<String, String> properties) throws Exception {
    GlobalOpenTelemetry.resetForTest();
    set("otel.exporter.otlp.endpoint", collector.url());
    set("camel.llm-otel.log", "both");
    properties.forEach(this::set);
    context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
    context.getShutdownStrategy().setTimeout(100);
    context.getShutdownStrategy().setShutdownNowOnTimeout(true);
    context.addComponent("llm", component());
    context.addRoutes(routes(endings));
    context.start();
  }

  /** Makes a call, and waits for its end. */
  void play(Ending ending, Mode mode) {
    CompletableFuture<Exchange> result = begin(ending, mode);
    Exchange exchange = result.orTimeout(30, TimeUnit.SECONDS).join();
    if (exchange.getMessage().getBody() instanceof LlmStream<?> live) {
      await().until(() -> live.getDuration() != null);
    }
    search("the exception of " + id(ending, mode), printed(exchange.getException()));
  }

  /** Makes a call that goes on. */
  CompletableFuture<Exchange> begin(Ending ending, Mode mode) {
    calls++;
    CompletableFuture<Exchange> result =
        context.createProducerTemplate().asyncSend("direct:" + id(ending, mode), CanaryRun::prompt);
    ending.script().accept(new Play(mode, model));
    return result;
  }

  /** Stops the context, and says where canaries are: nowhere, if all is well. */
  List<String> leaks() throws Exception {
    LlmDevConsole console = new LlmDevConsole();
    console.setCamelContext(context);
    search("the console", String.valueOf(console.call(DevConsole.MediaType.TEXT)));
    search("the console's JSON", String.valueOf(console.call(DevConsole.MediaType.JSON)));
    context.stop();
    search("the log", log.text());
    for (OtlpServer.Request request : collector.requests()) {
      search(request.path(), new String(request.body(), StandardCharsets.ISO_8859_1));
    }
    return List.copyOf(leaks);
  }

  /** How many calls have been made. */
  int calls() {
    return calls;
  }

  OtlpServer collector() {
    return collector;
  }

  CapturedLog log() {
    return log;
  }

  @Override
  public void close() {
    context.stop();
    model.close();
    log.close();
    collector.close();
  }

  private void set(String property, String value) {
    context.getPropertiesComponent().addInitialProperty(property, value);
  }

  private LlmComponent component() {
    ProviderOptions vllm = new ProviderOptions();
    vllm.setBaseUrl(model.url() + "/v1");
    vllm.setApiKey(Canary.KEY.word());
    // Each call is to come over a connection of its own.
    vllm.setHttpHeader(Map.of("X-Auth-Token", Canary.CREDENTIAL.word(), "Connection", "close"));
    LlmComponent component = new LlmComponent();
    component.setProviders(Map.of("vllm", vllm));
    return component;
  }

  private RouteBuilder routes(List<Ending> endings) {
    String server = model.url().substring("http:".length());
    return new RouteBuilder() {
      @Override
      public void configure() {
        for (Ending ending : endings) {
          for (Mode mode : ending.modes()) {
            from("direct:" + id(ending, mode))
                .routeId(id(ending, mode))
                .to(
                    "llm:vllm?model=m"
                        + mode.options()
                        + ending.options().replace(Ending.ITS_SERVER, server))
                .process(ending.next());
          }
        }
      }
    };
  }

  private static String id(Ending ending, Mode mode) {
    return ending.name() + "-" + mode;
  }

  private static void prompt(Exchange exchange) {
    exchange.setPattern(ExchangePattern.InOut);
    exchange.getMessage().setBody(Bodies.REQUEST);
    exchange.getMessage().setHeader(LlmConstants.USER_ID, Canary.USER_ID.word());
    exchange.getMessage().setHeader(LlmConstants.CONVERSATION_ID, "conversation");
    exchange.getMessage().setHeader("Authorization", "Bearer " + Canary.AUTHORIZATION.word());
  }

  private void search(String place, String text) {
    Canary.found(text).map(found -> place + ": " + found).forEach(leaks::add);
  }

  private static String printed(@Nullable Throwable failure) {
    if (failure == null) {
      return "";
    }
    StringWriter printed = new StringWriter();
    failure.printStackTrace(new PrintWriter(printed));
    return printed + failure.getMessage() + failure;
  }
}
