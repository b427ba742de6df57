/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.github.llmcamel.component.ExchangeObserver;
import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.otel.setup.Environment;
import io.github.llmcamel.otel.testkit.Calls;
import io.github.llmcamel.otel.testkit.OtlpServer;
import io.github.llmcamel.otel.testkit.OwnThread;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What really arrives at a collector, with nothing set up but where it is. */
class OtlpExportTest {

  private OtlpServer server;

  @BeforeEach
  void start() throws IOException {
    GlobalOpenTelemetry.resetForTest();
    server = new OtlpServer();
  }

  @AfterEach
  void stop() {
    server.close();
    GlobalOpenTelemetry.resetForTest();
  }

  @Test
  void needsNothingButACamelPropertyThatNamesTheCollector() {
    exportOneCall();

    Span span = onlySpan();
    assertThat(span.getName()).isEqualTo("chat gpt-4o");
    assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
    assertThat(strings(span.getAttributesList()))
        .containsEntry("gen_ai.operation.name", "chat")
        .containsEntry("gen_ai.provider.name", "azure.ai.openai")
        .containsEntry("gen_ai.request.model", "gpt-4o")
        .containsEntry("llm.outcome", "completed");
    assertThat(server.requests())
        .noneMatch(
            request -> new String(request.body(), StandardCharsets.ISO_8859_1).contains("anary"));
    assertThat(GlobalOpenTelemetry.isSet()).isFalse();
  }

  @Test
  void bringsTheHistogramWithItsBoundsAndAnExemplarThatLeadsToTheSpan() {
    exportOneCall();

    Metric metric = duration();
    assertThat(metric.getName()).isEqualTo("gen_ai.client.operation.duration");
    assertThat(metric.getUnit()).isEqualTo("s");
    Histogram histogram = metric.getHistogram();
    assertThat(histogram.getAggregationTemporality())
        .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
    HistogramDataPoint point = histogram.getDataPoints(0);
    assertThat(point.getCount()).isEqualTo(1);
    assertThat(point.getExplicitBoundsList()).hasSize(14).startsWith(0.01).endsWith(81.92);
    ByteString spanId = onlySpan().getSpanId();
    assertThat(point.getExemplarsList())
        .singleElement()
        .satisfies(exemplar -> assertThat(exemplar.getSpanId()).isEqualTo(spanId));
  }

  @Test
  void namesTheSameServiceForEverySignal() {
    exportOneCall();

    Map<String, String> ofSpans = resource(server.resourceSpans().get(0).getResource());
    Map<String, String> ofMetrics = resource(server.resourceMetrics().get(0).getResource());
    assertThat(ofSpans).containsEntry("service.name", "shop");
    assertThat(ofSpans.get("service.instance.id")).matches("[0-9a-f-]{36}");
    assertThat(ofMetrics).isEqualTo(ofSpans);
  }

  @Test
  void understandsTheVariablesOfTheSeed() {
    CamelContext context = new DefaultCamelContext();
    load(
        context,
        Map.of(
            "APP_NAME", "seed-app",
            "TRACELOOP_BASE_URL", server.url() + "/",
            "DT_OTLP_TOKEN", "dt0c01.a+b",
            "TRACELOOP_HEADERS", "x-tenant=acme"));
    context.start();
    makeCall(context);
    context.stop();

    assertThat(server.requests())
        .extracting(OtlpServer.Request::path)
        .contains("/v1/traces", "/v1/metrics");
    assertThat(server.requests())
        .allSatisfy(
            request ->
                assertThat(request.headers())
                    .containsEntry("authorization", "Api-Token dt0c01.a+b")
                    .containsEntry("x-tenant", "acme")
                    .containsEntry("content-type", "application/x-protobuf"));
    assertThat(resource(server.resourceSpans().get(0).getResource()))
        .containsEntry("service.name", "seed-app");
    assertThat(duration().getHistogram().getAggregationTemporality())
        .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
  }

  @Test
  void completesTheEndpointAsAPresetSays() {
    CamelContext context = new DefaultCamelContext();
    context.getPropertiesComponent().addInitialProperty("camel.llm-otel.preset", "dynatrace");
    load(
        context,
        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", server.url(), "DT_OTLP_TOKEN", "dt0c01.a+b"));
    context.start();
    makeCall(context);
    context.stop();

    assertThat(server.requests())
        .extracting(OtlpServer.Request::path)
        .containsOnly("/api/v2/otlp/v1/traces", "/api/v2/otlp/v1/metrics", "/api/v2/otlp/v1/logs");
    assertThat(server.requests())
        .allSatisfy(
            request ->
                assertThat(request.headers())
                    .containsEntry("authorization", "Api-Token dt0c01.a+b"));
  }

  @Test
  void keepsWhatOpenTelemetrySaysAboutTheResource() {
    CamelContext context = new DefaultCamelContext();
    load(
        context,
        Map.of(
            "APP_NAME", "seed-app",
            "OTEL_EXPORTER_OTLP_ENDPOINT", server.url(),
            "OTEL_RESOURCE_ATTRIBUTES", "service.name=shop,service.instance.id=i-1"));
    context.start();
    makeCall(context);
    context.stop();

    assertThat(resource(server.resourceSpans().get(0).getResource()))
        .containsEntry("service.name", "shop")
        .containsEntry("service.instance.id", "i-1");
  }

  @Test
  void sharesOneSdkBetweenContextsUntilTheLastStops() {
    CamelContext first = new DefaultCamelContext();
    CamelContext second = new DefaultCamelContext();
    for (CamelContext context : List.of(first, second)) {
      context
          .getPropertiesComponent()
          .addInitialProperty("otel.exporter.otlp.endpoint", server.url());
      context.start();
    }
    makeCall(first);
    first.stop();
    makeCall(second);
    second.stop();

    assertThat(server.spans()).hasSize(2);
    assertThat(server.resourceSpans())
        .extracting(spans -> resource(spans.getResource()).get("service.instance.id"))
        .containsOnly(
            resource(server.resourceSpans().get(0).getResource()).get("service.instance.id"));
  }

  @Test
  void readsJvmProperties() {
    System.setProperty("otel.exporter.otlp.endpoint", server.url());
    try {
      CamelContext context = new DefaultCamelContext();
      context.start();
      makeCall(context);
      context.stop();
    } finally {
      System.clearProperty("otel.exporter.otlp.endpoint");
    }

    assertThat(server.spans()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"opentelemetry", "opentelemetry2"})
  void sendsTheSpansOfCamelsTracerToTheSamePlaceInCamelMain(String tracer) throws Exception {
    Main main = new Main();
    main.addInitialProperty("camel.main.name", "shop");
    main.addInitialProperty("camel." + tracer + ".enabled", "true");
    main.addInitialProperty("otel.exporter.otlp.endpoint", server.url());
    main.configure()
        .addRoutesBuilder(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:ask").routeId("ask").to("llm:simulator?model=demo");
              }
            });
    main.start();
    ProducerTemplate template = main.getCamelTemplate();
    OwnThread.run(() -> template.sendBody("direct:ask", "x"));
    main.stop();

    List<Span> chats =
        server.spans().stream().filter(span -> span.getName().equals("chat demo")).toList();
    assertThat(chats).hasSize(1);
    assertThat(server.spans()).hasSizeGreaterThan(1);
    assertThat(server.resourceSpans())
        .allSatisfy(
            spans ->
                assertThat(resource(spans.getResource())).containsEntry("service.name", "shop"));
    assertThat(GlobalOpenTelemetry.isSet()).isFalse();
    if (tracer.equals("opentelemetry")) {
      assertThat(server.spans())
          .extracting(Span::getTraceId)
          .containsOnly(chats.get(0).getTraceId());
      assertThat(server.spans())
          .extracting(Span::getSpanId)
          .contains(chats.get(0).getParentSpanId());
    }
  }

  @Test
  void sendsLogRecordsThatLeadToTheirSpans() throws Exception {
    exportOneCall();

    assertThat(server.logRecords())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.getBody().getStringValue()).isEqualTo("Chat done");
              assertThat(record.getSpanId()).isEqualTo(onlySpan().getSpanId());
              assertThat(record.getTraceId()).isEqualTo(onlySpan().getTraceId());
            });
  }

  /** From a context that knows its name and, by one Camel property, the collector. */
  private void exportOneCall() {
    CamelContext context = new DefaultCamelContext();
    context.getCamelContextExtension().setName("shop");
    context
        .getPropertiesComponent()
        .addInitialProperty("otel.exporter.otlp.endpoint", server.url());
    context.start();
    makeCall(context);
    context.stop();
  }

  private static void load(CamelContext context, Map<String, String> variables) {
    new LlmTelemetryPlugin(properties -> new Environment(name -> null, variables::get, properties))
        .load(context);
  }

  private static void makeCall(CamelContext context) {
    ExchangeObserver observer = context.getRegistry().findSingleByType(ExchangeObserver.class);
    assertThat(observer).isNotNull();
    CallObservation observation =
        observer.observe(ExchangeBuilder.anExchange(context).build()).start(Calls.whole());
    observation.sent();
    observation.head(200);
    observation.completed(Calls.response());
  }

  private Span onlySpan() {
    assertThat(server.spans()).hasSize(1);
    return server.spans().get(0);
  }

  private Metric duration() {
    List<Metric> found =
        server.metrics("io.github.llmcamel").stream()
            .filter(metric -> metric.getName().equals("gen_ai.client.operation.duration"))
            .toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static Map<String, String> resource(Resource resource) {
    return strings(resource.getAttributesList());
  }

  private static Map<String, String> strings(List<KeyValue> attributes) {
    return attributes.stream()
        .filter(attribute -> attribute.getValue().getValueCase() == AnyValue.ValueCase.STRING_VALUE)
        .collect(
            Collectors.toMap(
                KeyValue::getKey,
                attribute -> attribute.getValue().getStringValue(),
                (a, b) -> b,
                HashMap::new));
  }
}
