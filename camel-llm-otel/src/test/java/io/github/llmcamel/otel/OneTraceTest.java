/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.otel.testkit.OwnThread;
import io.github.llmcamel.otel.testkit.VisibleContexts;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.opentelemetry.OpenTelemetryTracer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls of one exchange are one trace, whatever way it takes, with a Camel tracer or none. */
class OneTraceTest {

  private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN_ID = "b7ad6b7169203331";
  private static final String TRACEPARENT = "00-%s-%s-01".formatted(TRACE_ID, SPAN_ID);

  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();
  private final VisibleContexts contexts = new VisibleContexts();
  private final CamelContext context = new DefaultCamelContext();

  @BeforeEach
  void forgetTheGlobalOne() {
    GlobalOpenTelemetry.resetForTest();
  }

  @AfterEach
  void stop() {
    context.stop();
    telemetry.close();
    contexts.close();
    GlobalOpenTelemetry.resetForTest();
  }

  @ParameterizedTest
  @MethodSource("io.github.llmcamel.otel.Way#all")
  void theFirstCallIsTheParentOfTheOthersWithoutATracer(Way way) throws Exception {
    start(way);

    ask();

    assertThat(chats()).hasSize(way.calls());
    assertThat(telemetry.spans()).hasSameSizeAs(chats());
    SpanData first = onlyRoot();
    assertThat(chats())
        .filteredOn(span -> span != first)
        .allSatisfy(span -> assertThat(span.getParentSpanId()).isEqualTo(first.getSpanId()))
        .allSatisfy(span -> assertThat(span.getTraceId()).isEqualTo(first.getTraceId()));
    nothingIsLeftCurrent();
  }

  @ParameterizedTest
  @MethodSource("io.github.llmcamel.otel.Way#all")
  void eachCallIsBelowCamelsSpanOfItsEndpointWithCamelsTracer(Way way) throws Exception {
    startWithCamelsTracer(way);

    OwnThread.run(this::ask);

    assertThat(chats()).hasSize(way.calls());
    assertThat(chats()).extracting(SpanData::getTraceId).containsOnly(chats().get(0).getTraceId());
    Map<String, SpanData> byId =
        telemetry.spans().stream()
            .collect(Collectors.toMap(SpanData::getSpanId, Function.identity()));
    assertThat(chats())
        .extracting(SpanData::getParentSpanId)
        .doesNotHaveDuplicates()
        .allSatisfy(
            id ->
                assertThat(requireNonNull(byId.get(id)).getAttributes().get(stringKey("camel.uri")))
                    .startsWith("llm:"));
  }

  @ParameterizedTest
  @MethodSource("io.github.llmcamel.otel.Way#all")
  void allCallsAreInTheTraceOfTheCallersOwnSpanAlsoWithCamelsTracer(Way way) throws Exception {
    Span application =
        telemetry.openTelemetry().getTracer("application").spanBuilder("application").startSpan();
    startWithCamelsTracer(way);

    OwnThread.run(Context.root().with(application).wrap(this::ask));

    assertThat(chats()).hasSize(way.calls());
    assertThat(chats())
        .extracting(SpanData::getTraceId)
        .containsOnly(application.getSpanContext().getTraceId());
  }

  @ParameterizedTest
  @MethodSource("io.github.llmcamel.otel.Way#all")
  void aHeaderThatCamelsTracerReplacesDoesNotSplitTheTrace(Way way) throws Exception {
    startWithCamelsTracer(way);

    OwnThread.run(this::askWithTraceparentAsTextAndBytes);

    assertThat(chats().stream().collect(Collectors.groupingBy(SpanData::getTraceId)))
        .doesNotContainKey(TRACE_ID)
        .hasSize(2)
        .allSatisfy((trace, spans) -> assertThat(spans).hasSize(way.calls()));
  }

  @ParameterizedTest
  @MethodSource("io.github.llmcamel.otel.Way#all")
  void allCallsAreBelowTheCallersOwnSpan(Way way) throws Exception {
    Span application =
        telemetry.openTelemetry().getTracer("application").spanBuilder("application").startSpan();
    start(way);

    Context.root().with(application).wrap(this::ask).run();

    assertThat(chats()).hasSize(way.calls());
    assertThat(chats())
        .extracting(SpanData::getParentSpanContext)
        .containsOnly(application.getSpanContext());
    nothingIsLeftCurrent();
  }

  @ParameterizedTest
  @MethodSource("io.github.llmcamel.otel.Way#all")
  void allCallsAreBelowTheSpanThatAHeaderNames(Way way) throws Exception {
    start(way);

    askWithTraceparentAsTextAndBytes();

    assertThat(chats()).hasSize(2 * way.calls());
    assertThat(chats()).extracting(SpanData::getTraceId).containsOnly(TRACE_ID);
    assertThat(chats()).extracting(SpanData::getParentSpanId).containsOnly(SPAN_ID);
    nothingIsLeftCurrent();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void exchangesAtOnceHaveTracesOfTheirOwn(boolean withCamelsTracer) throws Exception {
    Way way = Way.twoStages();
    if (withCamelsTracer) {
      startWithCamelsTracer(way);
    } else {
      start(way);
    }

    List<CompletableFuture<Object>> answers =
        IntStream.range(0, 20)
            .mapToObj(
                number -> context.createProducerTemplate().asyncRequestBody("direct:start", "Hi?"))
            .toList();
    answers.forEach(CompletableFuture::join);

    assertThat(chats().stream().collect(Collectors.groupingBy(SpanData::getTraceId)))
        .hasSize(20)
        .allSatisfy((trace, spans) -> assertThat(spans).hasSize(2))
        .allSatisfy(
            (trace, spans) ->
                assertThat(spans)
                    .extracting(span -> span.getAttributes().get(stringKey("camel.exchange.id")))
                    .containsOnly(exchangeOf(spans.get(0))));
  }

  private static String exchangeOf(SpanData span) {
    return requireNonNull(span.getAttributes().get(stringKey("camel.exchange.id")));
  }

  private void startWithCamelsTracer(Way way) throws Exception {
    context.getRegistry().bind("openTelemetry", telemetry.openTelemetry());
    new OpenTelemetryTracer().init(context);
    start(way);
  }

  private void start(Way way) throws Exception {
    context.getRegistry().bind("openTelemetry", telemetry.openTelemetry());
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            way.routes().accept(this);
          }
        });
    context.start();
  }

  private void ask() {
    context.createProducerTemplate().requestBody("direct:start", "Hi?");
  }

  private void askWithTraceparentAsTextAndBytes() {
    for (Object header : List.of(TRACEPARENT, TRACEPARENT.getBytes(StandardCharsets.US_ASCII))) {
      ProducerTemplate template = context.createProducerTemplate();
      Runnable ask =
          () -> template.requestBodyAndHeader("direct:start", "Hi?", "TraceParent", header);
      Context.root().wrap(ask).run(); // Camel's tracer may have left the one before.
    }
  }

  private List<SpanData> chats() {
    return telemetry.spans().stream().filter(span -> span.getName().equals("chat demo")).toList();
  }

  private SpanData onlyRoot() {
    List<SpanData> roots =
        chats().stream().filter(span -> !span.getParentSpanContext().isValid()).toList();
    assertThat(roots).hasSize(1);
    return roots.get(0);
  }

  private void nothingIsLeftCurrent() {
    await().untilAsserted(() -> assertThat(contexts.threads()).isEmpty());
  }
}
