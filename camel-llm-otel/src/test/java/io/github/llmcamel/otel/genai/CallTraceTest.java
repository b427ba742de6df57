/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.Sampling;
import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.observe.Cancellation;
import io.github.llmcamel.otel.testkit.Calls;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.otel.testkit.RememberingSampler;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Where a call's span stands among others, and what it costs when nobody wants it. */
class CallTraceTest {

  private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN_ID = "b7ad6b7169203331";

  private static final Context PARENT =
      Context.root()
          .with(
              Span.wrap(
                  SpanContext.create(
                      TRACE_ID,
                      SPAN_ID,
                      TraceFlags.getSampled(),
                      TraceState.builder().put("vendor", "x").build())))
          .with(Baggage.builder().put("secret", "canary").build());

  @Test
  void becomesAChildOfTheCallersSpan() {
    try (InMemoryTelemetry telemetry = new InMemoryTelemetry()) {
      start(telemetry, PARENT).completed(Calls.response());

      SpanData span = telemetry.onlySpan();
      assertThat(span.getTraceId()).isEqualTo(TRACE_ID);
      assertThat(span.getParentSpanId()).isEqualTo(SPAN_ID);
    }
  }

  @Test
  void startsATraceWithoutACallersSpan() {
    try (InMemoryTelemetry telemetry = new InMemoryTelemetry()) {
      start(telemetry, Context.root()).completed(Calls.response());

      assertThat(telemetry.onlySpan().getParentSpanContext().isValid()).isFalse();
    }
  }

  @Test
  void tellsTheProviderTheTraceButNoBaggage() {
    try (InMemoryTelemetry telemetry = new InMemoryTelemetry()) {
      CallObservation observation = start(telemetry, PARENT);
      Map<String, String> headers = headers(observation);
      observation.completed(Calls.response());

      assertThat(headers)
          .isEqualTo(
              Map.of(
                  "traceparent",
                  "00-%s-%s-01".formatted(TRACE_ID, telemetry.onlySpan().getSpanId()),
                  "tracestate",
                  "vendor=x"));
    }
  }

  @Test
  void showsTheSamplerWhatItMayDecideBy() {
    RememberingSampler sampler = new RememberingSampler();
    try (InMemoryTelemetry telemetry = new InMemoryTelemetry(sampler)) {
      start(telemetry, Context.root()).completed(Calls.response());
    }

    assertThat(sampler.shown())
        .containsExactly(
            Attributes.builder()
                .put("gen_ai.operation.name", "chat")
                .put("gen_ai.provider.name", "azure.ai.openai")
                .put("gen_ai.system", "azure_openai")
                .put("gen_ai.request.model", "gpt-4o")
                .put("server.address", "acme.openai.azure.com")
                .put("server.port", 443)
                .build());
  }

  @Test
  void countsACallThatIsNotSampled() {
    try (InMemoryTelemetry telemetry = new InMemoryTelemetry(Sampler.alwaysOff())) {
      CallObservation observation = start(telemetry, Context.root());
      Map<String, String> headers = headers(observation);
      observation.completed(Calls.response());

      assertThat(telemetry.spans()).isEmpty();
      assertThat(headers).containsOnlyKeys("traceparent");
      assertThat(headers.get("traceparent")).endsWith("-00");
      assertThat(telemetry.durationPoint().getCount()).isEqualTo(1);
      assertThat(telemetry.durationPoint().getExemplars()).isEmpty();
    }
  }

  @Test
  void buildsNothingForASpanThatIsNotRecorded() {
    List<String> used = new ArrayList<>();
    Span span =
        proxy(
            Span.class,
            (name) -> {
              used.add(name);
              return name.equals("isRecording") ? false : Span.getInvalid().getSpanContext();
            });
    SpanBuilder builder = builderOf(span);

    CallSpan started =
        CallSpan.start(
            name -> builder,
            Calls.azure("m", Sampling.NONE, Delivery.STREAMED),
            Calls.callerIn(Context.root()),
            TelemetrySettings.defaults(),
            Attributes.empty(),
            1);
    started.describe(CallEnding.completed(Calls.response()), 0.5);
    started.end(2);

    assertThat(used).containsExactly("isRecording", "end");
  }

  @Test
  void isNeverCurrentAndKeepsToItsOwnCall() {
    try (InMemoryTelemetry telemetry = new InMemoryTelemetry()) {
      CallObservation first = start(telemetry, PARENT);
      assertThat(Span.current()).isSameAs(Span.getInvalid());
      CallObservation second = start(telemetry, Context.root());
      first.headers((name, value) -> assertThat(Span.current()).isSameAs(Span.getInvalid()));
      first.sent();
      first.event(new ChatEvent.TextDelta(0, "a"));
      assertThat(Span.current()).isSameAs(Span.getInvalid());
      second.completed(Calls.bare());
      first.completed(Calls.response());

      assertThat(telemetry.spans())
          .extracting(SpanData::getParentSpanId)
          .containsExactly("0000000000000000", SPAN_ID);
      assertThat(telemetry.spans().get(0).getAttributes().asMap())
          .doesNotContainKey(GenAiAttributes.RESPONSE_ID);
    }
  }

  @Test
  void leadsFromThePointToTheSpanAlsoWhenTheCallEndsOnAnotherThread() throws Exception {
    try (InMemoryTelemetry telemetry = new InMemoryTelemetry()) {
      CallObservation observation = start(telemetry, Context.root());
      ExecutorService other = Executors.newSingleThreadExecutor();
      other.submit(() -> observation.completed(Calls.response())).get();
      other.shutdown();

      HistogramPointData point = telemetry.durationPoint();
      assertThat(point.getExemplars())
          .extracting(DoubleExemplarData::getSpanContext)
          .extracting(SpanContext::getSpanId)
          .containsExactly(telemetry.onlySpan().getSpanId());
    }
  }

  @Test
  void endsOnceWhenEndingsRace() throws Exception {
    int rounds = 200;
    ExecutorService racers = Executors.newFixedThreadPool(3);
    try (InMemoryTelemetry telemetry = new InMemoryTelemetry()) {
      for (int round = 0; round < rounds; round++) {
        CallObservation observation = start(telemetry, Context.root());
        CyclicBarrier line = new CyclicBarrier(3);
        List<Future<?>> endings =
            List.of(
                racers.submit(() -> race(line, () -> observation.completed(Calls.bare()))),
                racers.submit(() -> race(line, () -> observation.failed(Calls.rateLimit()))),
                racers.submit(
                    () ->
                        race(
                            line,
                            () -> observation.cancelled(Cancellation.STOPPED, Calls.bare()))));
        for (Future<?> ending : endings) {
          ending.get();
        }
      }

      assertThat(telemetry.spans()).hasSize(rounds);
      assertThat(
              telemetry.points("gen_ai.client.operation.duration").stream()
                  .mapToLong(InMemoryTelemetry.Point::count)
                  .sum())
          .isEqualTo(rounds);
      assertThat(telemetry.logs()).hasSize(rounds);
    } finally {
      racers.shutdown();
    }
  }

  @Test
  void losesNoOtherSignalWhenSomebodyElsesProcessorThrows() {
    try (InMemoryTelemetry telemetry =
        new InMemoryTelemetry(Sampler.alwaysOn(), new ThrowingProcessor())) {
      CallObservation observation = start(telemetry, Context.root());

      assertThatThrownBy(() -> observation.completed(Calls.response())).hasMessage("No.");

      assertThat(telemetry.points("llm.request.active"))
          .extracting(InMemoryTelemetry.Point::value)
          .containsExactly(0d);
      assertThat(telemetry.durationPoint().getCount()).isEqualTo(1);
      assertThat(telemetry.logs()).hasSize(1);
    }
  }

  private static final class ThrowingProcessor implements SpanProcessor {
    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
      return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
      throw new IllegalStateException("No.");
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }
  }

  private static Void race(CyclicBarrier line, Runnable ending) throws Exception {
    line.await();
    ending.run();
    return null;
  }

  private static CallObservation start(InMemoryTelemetry telemetry, Context parent) {
    return new CallTelemetry(telemetry.openTelemetry(), "1.2.3", TelemetrySettings.defaults())
        .observer(Calls.callerIn(parent))
        .start(Calls.whole());
  }

  private static Map<String, String> headers(CallObservation observation) {
    Map<String, String> headers = new TreeMap<>();
    observation.headers(headers::put);
    return headers;
  }

  private static SpanBuilder builderOf(Span span) {
    return (SpanBuilder)
        Proxy.newProxyInstance(
            CallTraceTest.class.getClassLoader(),
            new Class<?>[] {SpanBuilder.class},
            (self, method, arguments) -> method.getName().equals("startSpan") ? span : self);
  }

  private interface Answer {
    Object to(String method);
  }

  /** Answers by the name of the method; the default methods of a context's value stay real. */
  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            CallTraceTest.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "storeInContext" -> InvocationHandler.invokeDefault(self, method, arguments);
                  case "end" -> {
                    answer.to("end");
                    yield null;
                  }
                  default -> answer.to(method.getName());
                }));
  }
}
