/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.statements;

import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.github.llmcamel.component.LlmStream;
import io.github.llmcamel.otel.genai.Profile;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Routes to a provider that the test plays, and the telemetry they leave. */
final class LlmRoutes implements AutoCloseable {

  private final ScriptedLlmServer server = ScriptedLlmServer.start();
  private final CamelContext context = new DefaultCamelContext();
  private final InMemoryTelemetry telemetry;
  private int routes;

  LlmRoutes() {
    this(new InMemoryTelemetry());
  }

  LlmRoutes(InMemoryTelemetry telemetry) {
    this.telemetry = telemetry;
    context.getRegistry().bind("openTelemetry", telemetry.openTelemetry());
  }

  /** Starts Camel with telemetry of that profile. */
  LlmRoutes in(Profile profile) {
    with("camel.llm-otel.semconv", profile.toString());
    context.start();
    return this;
  }

  /** Sets a Camel property; before the start. */
  LlmRoutes with(String property, String value) {
    context.getPropertiesComponent().addInitialProperty(property, value);
    return this;
  }

  CamelContext camel() {
    return context;
  }

  InMemoryTelemetry telemetry() {
    return telemetry;
  }

  /** The spans of calls, without what else is above and below them. */
  List<SpanData> calls() {
    return telemetry.spans().stream()
        .filter(span -> span.getAttributes().get(stringKey("gen_ai.operation.name")) != null)
        .toList();
  }

  ScriptedLlmServer provider() {
    return server;
  }

  /**
   * An endpoint that calls the provider.
   *
   * @param options such as {@code openai?model=gpt-4o}
   */
  String endpoint(String options) {
    // Each call is to come over a connection of its own.
    return "llm:%s&apiKey=key-1&httpHeader.Connection=close&baseUrl=%s"
        .formatted(options, server.url());
  }

  void add(Consumer<RouteBuilder> definition) {
    try {
      RouteBuilder.addRoutes(context, definition::accept);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Asks once; returns when the answer has been read to its end. */
  Exchange ask(String options, Answer answer) {
    return ask(options, answer, question -> {});
  }

  /** Asks once as {@code question} says; returns when the answer has been read to its end. */
  Exchange ask(String options, Answer answer, Consumer<Message> question) {
    CompletableFuture<Exchange> asked = ask(options, question);
    answer.sendTo(server.accept());
    return asked.join();
  }

  /** Asks once, whatever the provider answers. */
  CompletableFuture<Exchange> ask(String options, Consumer<Message> question) {
    String uri = "direct:ask-" + routes++;
    add(routes -> routes.from(uri).to(endpoint(options)).process(LlmRoutes::read));
    return send(uri, question);
  }

  /** Sends a question on a thread of its own, within the trace that is current here. */
  CompletableFuture<Exchange> send(String uri, Consumer<Message> question) {
    return CompletableFuture.supplyAsync(
        Context.current()
            .wrapSupplier(
                () ->
                    context
                        .createProducerTemplate()
                        .send(
                            uri,
                            exchange -> {
                              exchange.setPattern(ExchangePattern.InOut);
                              exchange.getMessage().setBody("Say canary.");
                              question.accept(exchange.getMessage());
                            })),
        run -> new Thread(run).start());
  }

  @Override
  public void close() {
    context.stop();
    server.close();
    telemetry.close();
  }

  private static void read(Exchange exchange) {
    if (exchange.getMessage().getBody() instanceof LlmStream<?> live) {
      live.forEachRemaining(piece -> {});
    }
  }
}
