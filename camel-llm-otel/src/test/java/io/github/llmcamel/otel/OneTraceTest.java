/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.otel.testkit.CamelTracer;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.otel.testkit.OwnThread;
import io.github.llmcamel.otel.testkit.VisibleContexts;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The calls of one exchange are one trace, whatever way it takes, with a Camel tracer or none. */
class OneTraceTest {

  private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN_ID = "b7ad6b7169203331";
  private static final String LLM = "llm:simulator?model=demo";
  private static final String TRACEPARENT = "00-%s-%s-01".formatted(TRACE_ID, SPAN_ID);

  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();
  private final VisibleContexts contexts = new VisibleContexts();
  private final CamelContext context = new DefaultCamelContext();

  @AfterEach
  void stop() {
    context.stop();
    telemetry.close();
    contexts.close();
  }

  @ParameterizedTest
  @MethodSource("io.github.llmcamel.otel.Way#all")
  void theFirstCallIsTheParentOfTheOthersWithoutATracer(Way way) throws Exception {
    start(CamelTracer.NONE, way);

    ask();

    assertThat(chats(way.calls())).hasSameSizeAs(telemetry.spans());
    SpanData first = onlyRoot();
    assertThat(chats())
        .filteredOn(span -> span != first)
        .allSatisfy(span -> assertThat(span.getParentSpanId()).isEqualTo(first.getSpanId()))
        .allSatisfy(span -> assertThat(span.getTraceId()).isEqualTo(first.getTraceId()));
    nothingIsLeftCurrent();
  }

  @ParameterizedTest
  @MethodSource("tracersAndWays")
  void eachCallIsBelowCamelsSpanOfItsEndpoint(CamelTracer tracer, Way way) throws Exception {
    start(tracer, way);

    OwnThread.run(this::ask);

    assertThat(chats(way.calls()))
        .extracting(SpanData::getTraceId)
        .containsOnly(chats().get(0).getTraceId());
    context.stop(); // Camel's tracers end their spans after ours.
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
  @MethodSource("tracersAndWays")
  void allCallsAreInTheTraceOfTheCallersOwnSpanAlsoWithCamelsTracer(CamelTracer tracer, Way way)
      throws Exception {
    Span application = application();
    start(tracer, way);

    OwnThread.run(Context.root().with(application).wrap(this::ask));

    assertThat(chats(way.calls()))
        .extracting(SpanData::getTraceId)
        .containsOnly(application.getSpanContext().getTraceId());
  }

  @ParameterizedTest
  @MethodSource("io.github.llmcamel.otel.Way#all")
  void aHeaderThatCamelsTracerReplacesDoesNotSplitTheTrace(Way way) throws Exception {
    start(CamelTracer.OPENTELEMETRY, way);

    OwnThread.run(() -> askWithTraceparent(TRACEPARENT));

    assertThat(chats(way.calls()))
        .extracting(SpanData::getTraceId)
        .doesNotContain(TRACE_ID)
        .containsOnly(chats().get(0).getTraceId());
  }

  @ParameterizedTest
  @MethodSource("io.github.llmcamel.otel.Way#all")
  void allCallsAreInTheTraceThatAHeaderNamesToCamelsTracer(Way way) throws Exception {
    start(CamelTracer.OPENTELEMETRY2, way);

    OwnThread.run(() -> askWithTraceparent(TRACEPARENT));

    assertThat(chats(way.calls())).extracting(SpanData::getTraceId).containsOnly(TRACE_ID);
  }

  @ParameterizedTest
  @MethodSource("io.github.llmcamel.otel.Way#all")
  void allCallsAreBelowTheCallersOwnSpan(Way way) throws Exception {
    Span application = application();
    start(CamelTracer.NONE, way);

    Context.root().with(application).wrap(this::ask).run();

    assertThat(chats(way.calls()))
        .extracting(SpanData::getParentSpanContext)
        .containsOnly(application.getSpanContext());
    nothingIsLeftCurrent();
  }

  @ParameterizedTest
  @MethodSource("io.github.llmcamel.otel.Way#all")
  void allCallsAreBelowTheSpanThatAHeaderNames(Way way) throws Exception {
    start(CamelTracer.NONE, way);

    askWithTraceparent(TRACEPARENT);
    askWithTraceparent(TRACEPARENT.getBytes(StandardCharsets.US_ASCII));

    assertThat(chats(2 * way.calls())).extracting(SpanData::getTraceId).containsOnly(TRACE_ID);
    assertThat(chats()).extracting(SpanData::getParentSpanId).containsOnly(SPAN_ID);
    nothingIsLeftCurrent();
  }

  @ParameterizedTest
  @EnumSource
  void exchangesAtOnceHaveTracesOfTheirOwn(CamelTracer tracer) throws Exception {
    start(tracer, Way.twoStages());

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

  private static Stream<Arguments> tracersAndWays() {
    return CamelTracer.any().flatMap(tracer -> Way.all().map(way -> Arguments.of(tracer, way)));
  }

  private Span application() {
    return telemetry
        .openTelemetry()
        .getTracer("application")
        .spanBuilder("application")
        .startSpan();
  }

  @ParameterizedTest
  @EnumSource
  void exchangesThatOneThreadSendsOneAfterTheOtherHaveTracesOfTheirOwn(CamelTracer tracer)
      throws Exception {
    start(tracer, Way.circuitBreaker());
    Context own = Context.root().with(ContextKey.named("own"), "of the application");
    List<Context> left = new ArrayList<>();

    OwnThread.run(
        own.wrap(
            () -> {
              IntStream.range(0, 100).forEach(number -> ask());
              left.add(Context.current());
            }));

    assertThat(chats(300).stream().collect(Collectors.groupingBy(SpanData::getTraceId)))
        .hasSize(100)
        .allSatisfy((trace, spans) -> assertThat(spans).hasSize(3));
    assertThat(left).containsExactly(own);
  }

  @ParameterizedTest
  @EnumSource
  void soHaveThoseItDoesNotWaitFor(CamelTracer tracer) throws Exception {
    start(tracer, quickerThanItsThread());
    context.getEndpoint(LLM); // Or many threads would create it at once.
    ProducerTemplate template = context.createProducerTemplate();
    List<Context> left = new ArrayList<>();

    OwnThread.run(
        () -> {
          IntStream.range(0, 20)
              .mapToObj(number -> template.asyncRequestBody("direct:start", "Hi?"))
              .toList()
              .forEach(CompletableFuture::join);
          left.add(Context.current());
        });

    assertThat(chats(20)).extracting(SpanData::getTraceId).doesNotHaveDuplicates();
    assertThat(left).containsExactly(Context.root());
  }

  /** An exchange that is done on another thread before the one that sent it gets out of it. */
  private static Way quickerThanItsThread() {
    AsyncProcessor elsewhere =
        new AsyncProcessorSupport() {
          @Override
          public boolean process(Exchange exchange, AsyncCallback callback) {
            CompletableFuture.runAsync(() -> callback.done(false)).join();
            return false;
          }
        };
    return new Way(
        "quicker than its thread",
        1,
        routes ->
            routes
                .from("direct:start")
                .process(elsewhere)
                .process(
                    exchange ->
                        exchange.getContext().createProducerTemplate().send(LLM, exchange)));
  }

  private static String exchangeOf(SpanData span) {
    return requireNonNull(span.getAttributes().get(stringKey("camel.exchange.id")));
  }

  private void start(CamelTracer tracer, Way way) throws Exception {
    context.getRegistry().bind("openTelemetry", telemetry.openTelemetry());
    tracer.addTo(context);
    RouteBuilder.addRoutes(context, way.routes()::accept);
    context.start();
  }

  private void ask() {
    context.createProducerTemplate().requestBody("direct:start", "Hi?");
  }

  private void askWithTraceparent(Object header) {
    context
        .createProducerTemplate()
        .requestBodyAndHeader("direct:start", "Hi?", "TraceParent", header);
  }

  /** Waits for them: those of a wireTap come after the answer. */
  private List<SpanData> chats(int count) {
    await().pollDelay(Duration.ZERO).untilAsserted(() -> assertThat(chats()).hasSize(count));
    return chats();
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
    await().pollDelay(Duration.ZERO).untilAsserted(() -> assertThat(contexts.threads()).isEmpty());
  }
}
