/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.statements;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.otel.genai.Profile;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.otel.testkit.RememberingSampler;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.opentelemetry.OpenTelemetryTracer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the span of a call stands among others, and what leads to it. */
class TraceStatementsTest {

  private static final String GPT = "openai?model=gpt-4o";
  private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

  /** The span of a caller, and what else travels with it. */
  private static final Context CALLER =
      Context.root()
          .with(
              Span.wrap(
                  SpanContext.create(
                      TRACE_ID,
                      "b7ad6b7169203331",
                      TraceFlags.getSampled(),
                      TraceState.builder().put("vendor", "x").build())))
          .with(Baggage.builder().put("customer", "canary").build());

  @ParameterizedTest
  @EnumSource
  @DisplayName("3. A sampler is shown operation, provider, model, address and port")
  void aSamplerIsShownWhatItMayDecideBy(Profile profile) {
    RememberingSampler sampler = new RememberingSampler();
    try (LlmRoutes routes = new LlmRoutes(new InMemoryTelemetry(sampler))) {
      routes.in(profile).ask(GPT, Answer.OPENAI);

      assertThat(sampler.shown())
          .anySatisfy(
              attributes ->
                  assertThat(attributes.asMap())
                      .containsAllEntriesOf(
                          Attributes.builder()
                              .put("gen_ai.operation.name", "chat")
                              .put("gen_ai.provider.name", "openai")
                              .put("gen_ai.request.model", "gpt-4o")
                              .put("server.address", "127.0.0.1")
                              .put("server.port", URI.create(routes.provider().url()).getPort())
                              .build()
                              .asMap()));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("23. Two exchanges at once share no attribute, and each call is in its own trace")
  void exchangesAtOnceKeepToThemselves(Profile profile) {
    try (LlmRoutes routes = new LlmRoutes()) {
      routes.in(profile);
      CompletableFuture<Exchange> first = askBelow(routes, "first");
      Peer firstProvider = routes.provider().accept();
      CompletableFuture<Exchange> second = askBelow(routes, "second");
      routes.provider().accept().reply(200, "application/json", answer("second"));
      second.join();
      firstProvider.reply(200, "application/json", answer("first"));
      first.join();

      assertThat(routes.calls()).hasSize(2);
      for (String name : List.of("first", "second")) {
        SpanData call = named("chat " + name, routes);
        assertThat(call.getParentSpanContext()).isEqualTo(named(name, routes).getSpanContext());
        assertThat(call.getAttributes().asMap().values().toString())
            .contains("id-" + name)
            .doesNotContain(name.equals("first") ? "second" : "first");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("24. A streamed call is below the span that Camel's tracer has of its endpoint")
  void aStreamedCallIsBelowTheSpanOfItsEndpoint(Profile profile) {
    try (LlmRoutes routes = new LlmRoutes()) {
      new OpenTelemetryTracer().init(routes.camel());
      routes.in(profile).ask(GPT + "&stream=true", Answer.OPENAI_STREAM);

      assertThat(routes.calls()).hasSize(1);
      assertThat(routes.telemetry().spans())
          .filteredOn(span -> span.getSpanId().equals(routes.calls().get(0).getParentSpanId()))
          .singleElement()
          .extracting(span -> span.getAttributes().get(stringKey("camel.uri")))
          .asString()
          .startsWith("llm:");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("61. Every point leads to the span of its call, also of one that ends elsewhere")
  void everyPointLeadsToTheSpanOfItsCall(Profile profile) {
    try (LlmRoutes routes = new LlmRoutes()) {
      routes.in(profile).ask(GPT + "&stream=true", Answer.OPENAI_STREAM);

      SpanContext span = routes.telemetry().onlySpan().getSpanContext();
      Map<String, MetricData> metrics = routes.telemetry().metrics();
      assertThat(metrics)
          .containsKeys(
              "gen_ai.client.operation.duration",
              "gen_ai.client.token.usage",
              "gen_ai.client.operation.time_to_first_chunk");
      assertThat(metrics.values())
          .flatMap(metric -> metric.getData().getPoints())
          .allSatisfy(
              point ->
                  assertThat(point.getExemplars())
                      .isNotEmpty()
                      .allSatisfy(
                          exemplar -> assertThat(exemplar.getSpanContext()).isEqualTo(span)));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("62. The provider is told traceparent and tracestate, whatever is to be propagated")
  void theProviderIsToldTheTraceAndNoBaggage(Profile profile) {
    try (LlmRoutes routes = new LlmRoutes()) {
      routes.camel().getRegistry().unbind("openTelemetry");
      routes
          .camel()
          .getRegistry()
          .bind("openTelemetry", propagatingBaggage(routes.telemetry().openTelemetry()));
      routes.in(profile);
      CompletableFuture<Exchange> asked =
          CALLER.wrapSupplier(() -> routes.ask(GPT, question -> {})).get();
      Peer provider = routes.provider().accept();
      Answer.OPENAI.sendTo(provider);
      asked.join();

      assertThat(routes.telemetry().spans())
          .extracting(span -> "00-%s-%s-01".formatted(TRACE_ID, span.getSpanId()))
          .contains(provider.headers().get("traceparent"));
      assertThat(provider.headers())
          .containsEntry("tracestate", "vendor=x")
          .doesNotContainKey("baggage");
      assertThat(provider.headers().toString()).doesNotContain("canary");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("64. A call that is not sampled is counted and logged as if it were")
  void aCallThatIsNotSampledIsCountedAndLoggedAsIfItWere(Profile profile) {
    try (LlmRoutes sampled = new LlmRoutes();
        LlmRoutes unsampled = new LlmRoutes(new InMemoryTelemetry(Sampler.alwaysOff()))) {
      for (LlmRoutes routes : List.of(sampled, unsampled)) {
        routes.in(profile).ask(GPT + "&stream=true", Answer.OPENAI_STREAM);
        routes.ask(GPT, Answer.RATE_LIMIT);
      }

      assertThat(unsampled.telemetry().spans()).isEmpty();
      assertThat(keysOfPoints(unsampled)).isEqualTo(keysOfPoints(sampled));
      assertThat(keysOfLogs(unsampled)).isEqualTo(keysOfLogs(sampled));
    }
  }

  private static CompletableFuture<Exchange> askBelow(LlmRoutes routes, String name) {
    Span caller =
        routes.telemetry().openTelemetry().getTracer("test").spanBuilder(name).startSpan();
    CompletableFuture<Exchange> asked =
        Context.root()
            .with(caller)
            .wrapSupplier(() -> routes.ask("openai?model=" + name, question -> {}))
            .get();
    return asked.whenComplete((exchange, failure) -> caller.end());
  }

  private static SpanData named(String name, LlmRoutes routes) {
    return routes.telemetry().spans().stream()
        .filter(span -> span.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String answer(String name) {
    return """
    {"id":"id-%s","choices":[{"index":0,"message":{"content":"Hi."},"finish_reason":"stop"}]}"""
        .formatted(name);
  }

  private static Map<String, Set<Set<String>>> keysOfPoints(LlmRoutes routes) {
    return routes.telemetry().metrics().values().stream()
        .collect(
            Collectors.toMap(
                MetricData::getName,
                metric ->
                    metric.getData().getPoints().stream()
                        .map(point -> Keys.of(point.getAttributes()))
                        .collect(Collectors.toSet())));
  }

  private static List<Set<String>> keysOfLogs(LlmRoutes routes) {
    return routes.telemetry().logs().stream()
        .map(record -> Keys.of(record.getAttributes()))
        .toList();
  }

  /** As {@code OTEL_PROPAGATORS=baggage} makes it. */
  private static OpenTelemetry propagatingBaggage(OpenTelemetry telemetry) {
    return new OpenTelemetry() {
      @Override
      public TracerProvider getTracerProvider() {
        return telemetry.getTracerProvider();
      }

      @Override
      public ContextPropagators getPropagators() {
        return ContextPropagators.create(W3CBaggagePropagator.getInstance());
      }
    };
  }
}
