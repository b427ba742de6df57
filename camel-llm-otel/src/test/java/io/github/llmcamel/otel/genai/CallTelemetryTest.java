/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.error.Failure;
import io.github.llmcamel.error.LlmConnectionException;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.error.LlmTimeoutException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.ResponseFormat;
import io.github.llmcamel.model.Sampling;
import io.github.llmcamel.model.ServerTiming;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.observe.Call;
import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.observe.Cancellation;
import io.github.llmcamel.otel.testkit.Calls;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.provider.Providers;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallTelemetryTest {

  private final ManualClock clock = new ManualClock();
  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void describesACompletedCallWithWhatIsKnownAndNothingElse() {
    start(Calls.whole()).completed(Calls.response());

    SpanData span = telemetry.onlySpan();
    assertThat(span.getName()).isEqualTo("chat gpt-4o");
    assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.getStatus()).isEqualTo(StatusData.unset());
    assertThat(span.getEvents()).isEmpty();
    assertThat(span.getAttributes().asMap())
        .isEqualTo(
            Attributes.builder()
                .put("gen_ai.operation.name", "chat")
                .put("gen_ai.provider.name", "azure.ai.openai")
                .put("gen_ai.system", "azure_openai")
                .put("gen_ai.request.model", "gpt-4o")
                .put("server.address", "acme.openai.azure.com")
                .put("server.port", 443)
                .put("llm.is_streaming", false)
                .put("llm.request.purpose", "User Chat")
                .put("camel.route.id", "route-1")
                .put("camel.node.id", "node-1")
                .put("camel.step.id", "summarise")
                .put("camel.exchange.id", "exchange-1")
                .put("camel.breadcrumb.id", "breadcrumb-1")
                .put("llm.outcome", "completed")
                .put("gen_ai.response.id", "chatcmpl-1")
                .put("gen_ai.response.model", "gpt-4o-2024-08-06")
                .put(stringArrayKey("gen_ai.response.finish_reasons"), List.of("stop"))
                .put("gen_ai.usage.input_tokens", 25)
                .put("gen_ai.usage.output_tokens", 12)
                .put("gen_ai.usage.cache_read.input_tokens", 3)
                .put("gen_ai.usage.cache_creation.input_tokens", 5)
                .put("gen_ai.usage.reasoning.output_tokens", 7)
                .build()
                .asMap());
  }

  @Test
  void leavesOutWhatNobodySaid() {
    Call call =
        new Call(
            Calls.whole().provider(),
            Calls.azure(null, Sampling.NONE, Delivery.WHOLE).request(),
            Delivery.WHOLE,
            "acme",
            null);
    telemetry().observer(Calls.callerIn(Context.root())).start(call).completed(Calls.bare());

    SpanData span = telemetry.onlySpan();
    assertThat(span.getName()).isEqualTo("chat");
    assertThat(span.getAttributes().asMap())
        .isEqualTo(
            Attributes.builder()
                .put("gen_ai.operation.name", "chat")
                .put("gen_ai.provider.name", "azure.ai.openai")
                .put("gen_ai.system", "azure_openai")
                .put("server.address", "acme")
                .put("llm.is_streaming", false)
                .put("llm.request.purpose", "User Chat")
                .put("llm.outcome", "completed")
                .build()
                .asMap());
  }

  @Test
  void describesEverySamplingParameterWithItsType() {
    Sampling sampling =
        new Sampling(0.5, 0.9, 10, 100, List.of("END", "STOP"), 7L, 0.1, -0.2, 2, "low");

    start(Calls.azure("gpt-4o", sampling, Delivery.WHOLE)).completed(Calls.bare());

    Attributes attributes = telemetry.onlySpan().getAttributes();
    assertThat(attributes.get(doubleKey("gen_ai.request.temperature"))).isEqualTo(0.5);
    assertThat(attributes.get(doubleKey("gen_ai.request.top_p"))).isEqualTo(0.9);
    assertThat(attributes.get(longKey("gen_ai.request.top_k"))).isEqualTo(10);
    assertThat(attributes.get(longKey("gen_ai.request.max_tokens"))).isEqualTo(100);
    assertThat(attributes.get(stringArrayKey("gen_ai.request.stop_sequences")))
        .containsExactly("END", "STOP");
    assertThat(attributes.get(longKey("gen_ai.request.seed"))).isEqualTo(7);
    assertThat(attributes.get(doubleKey("gen_ai.request.frequency_penalty"))).isEqualTo(0.1);
    assertThat(attributes.get(doubleKey("gen_ai.request.presence_penalty"))).isEqualTo(-0.2);
    assertThat(attributes.get(longKey("gen_ai.request.choice.count"))).isEqualTo(2);
    assertThat(attributes.get(stringKey("gen_ai.request.reasoning.level"))).isEqualTo("low");
  }

  @Test
  void tellsWhoAsksWhatFor() {
    Caller caller =
        Caller.at(Calls.below(Context.root()))
            .conversationId("conversation-7")
            .userId("canary@example.com")
            .purpose("Invoice triage")
            .build();
    telemetry().observer(caller).start(Calls.whole()).completed(Calls.bare());

    Attributes attributes = telemetry.onlySpan().getAttributes();
    assertThat(attributes.get(stringKey("gen_ai.conversation.id"))).isEqualTo("conversation-7");
    assertThat(attributes.get(stringKey("llm.request.purpose"))).isEqualTo("Invoice triage");
    assertThat(attributes.get(stringKey("enduser.id"))).matches("[0-9a-f]{8}");
    assertThat(telemetry.metrics().toString()).doesNotContain("conversation-7", "Invoice");
    assertThat(caller.toString()).doesNotContain("canary", "conversation-7", "Invoice");
  }

  @Test
  void cutsWhatIsTooLongForAName() {
    Caller caller =
        Caller.at(Calls.below(Context.root()))
            .conversationId("c".repeat(1_000))
            .purpose("p".repeat(1_000))
            .build();
    telemetry().observer(caller).start(Calls.whole()).completed(Calls.bare());

    Attributes attributes = telemetry.onlySpan().getAttributes();
    assertThat(attributes.get(stringKey("gen_ai.conversation.id"))).hasSize(256);
    assertThat(attributes.get(stringKey("llm.request.purpose"))).hasSize(256);
  }

  @Test
  void tellsTheFormatThatIsAskedFor() {
    ChatRequest.Builder request = ChatRequest.builder().model("m");

    assertThat(outputType("openai", request.build())).isNull();
    assertThat(outputType("openai", request.responseFormat(new ResponseFormat.Text()).build()))
        .isEqualTo("text");
    assertThat(outputType("openai", request.responseFormat(new ResponseFormat.Json()).build()))
        .isEqualTo("json");
    ResponseFormat schema = new ResponseFormat.JsonSchema("answer", Map.of(), null, null);
    assertThat(outputType("ollama", request.responseFormat(schema).build())).isEqualTo("json");
  }

  @ParameterizedTest
  @CsvSource({"openai, ", "ollama, json"})
  void ollamasOwnWordForTheFormatIsOllamasAlone(String provider, @Nullable String outputType) {
    ChatRequest request = ChatRequest.builder().model("m").extras(Map.of("format", "json")).build();

    assertThat(outputType(provider, request)).isEqualTo(outputType);
  }

  private @Nullable String outputType(String provider, ChatRequest request) {
    start(new Call(Providers.find(provider).orElseThrow(), request, Delivery.WHOLE, "localhost", 1))
        .completed(Calls.bare());
    List<SpanData> spans = telemetry.spans();
    return spans.get(spans.size() - 1).getAttributes().get(stringKey("gen_ai.output.type"));
  }

  @Test
  void leavesOutAChoiceCountOfOne() {
    Sampling one = new Sampling(null, null, null, null, List.of(), null, null, null, 1, null);

    start(Calls.azure("gpt-4o", one, Delivery.WHOLE)).completed(Calls.bare());

    assertThat(telemetry.onlySpan().getAttributes().get(longKey("gen_ai.request.choice.count")))
        .isNull();
  }

  @Test
  void keepsTheProvidersOwnFinishWordsInTheOrderOfTheChoices() {
    ChatResponse two =
        new ChatResponse(
            null,
            null,
            List.of(
                Calls.choice(0, FinishReason.LENGTH),
                Calls.choice(1, FinishReason.STOP.saidAs("end_turn"))),
            Usage.UNKNOWN,
            ServerTiming.UNKNOWN);

    start(Calls.whole()).completed(two);

    assertThat(
            telemetry
                .onlySpan()
                .getAttributes()
                .get(stringArrayKey("gen_ai.response.finish_reasons")))
        .containsExactly("length", "end_turn");
  }

  @Test
  void measuresFromSendingToTheFirstEventWithContent() {
    CallObservation observation = start(Calls.streamed());
    clock.advance(Duration.ofMillis(100));
    observation.sent();
    clock.advance(Duration.ofMillis(200));
    observation.event(new ChatEvent.Started("id", "model"));
    clock.advance(Duration.ofMillis(50));
    observation.event(new ChatEvent.TextDelta(0, "Can"));
    clock.advance(Duration.ofMillis(400));
    observation.event(new ChatEvent.TextDelta(0, "ary."));
    observation.completed(Calls.response());

    Attributes attributes = telemetry.onlySpan().getAttributes();
    assertThat(attributes.get(doubleKey("gen_ai.response.time_to_first_chunk"))).isEqualTo(0.25);
    assertThat(attributes.get(booleanKey("gen_ai.request.stream"))).isTrue();
    assertThat(attributes.get(booleanKey("llm.is_streaming"))).isTrue();
  }

  @Test
  void knowsNoFirstChunkOfAnAnswerThatSaidNothing() {
    CallObservation observation = start(Calls.streamed());
    observation.sent();
    observation.event(new ChatEvent.Started("id", "model"));
    observation.completed(Calls.bare());

    assertThat(
            telemetry
                .onlySpan()
                .getAttributes()
                .get(doubleKey("gen_ai.response.time_to_first_chunk")))
        .isNull();
  }

  @Test
  void endsAFailedCallAsAnErrorOfTheSameTypeInSpanAndMetric() {
    start(Calls.whole()).failed(Calls.rateLimit());

    SpanData span = telemetry.onlySpan();
    assertThat(span.getStatus()).isEqualTo(StatusData.create(StatusCode.ERROR, "Slow down"));
    assertThat(span.getEvents()).isEmpty();
    assertThat(span.getAttributes().get(stringKey("error.type"))).isEqualTo("429");
    assertThat(span.getAttributes().get(stringKey("llm.error.code"))).isEqualTo("tokens_exhausted");
    assertThat(span.getAttributes().get(stringKey("llm.outcome"))).isEqualTo("failed");
    assertThat(telemetry.durationPoint().getAttributes())
        .isEqualTo(
            identity().toBuilder().put("llm.outcome", "failed").put("error.type", "429").build());
  }

  @Test
  void takesTheTypeOfAnErrorFromTheFailure() {
    Failure failure = Failure.withoutReply("azure_openai", Calls.AZURE, true);

    assertThat(errorType(new LlmConnectionException("down", failure, new ConnectException("no"))))
        .isEqualTo("java.net.ConnectException");
    assertThat(errorType(new LlmTimeoutException("slow", failure, null)))
        .isEqualTo("java.util.concurrent.TimeoutException");
    assertThat(errorType(new LlmProtocolException("odd", failure, null)))
        .isEqualTo("io.github.llmcamel.error.LlmProtocolException");
  }

  @Test
  void keepsWhatHadArrivedBeforeAFailure() {
    LlmException failure = Calls.rateLimit();
    failure.initPartialResponse(
        new ChatResponse(
            "id-1",
            "model-1",
            List.of(Calls.choice(0, null)),
            Usage.UNKNOWN,
            ServerTiming.UNKNOWN));

    start(Calls.streamed()).failed(failure);

    Attributes attributes = telemetry.onlySpan().getAttributes();
    assertThat(attributes.get(stringKey("gen_ai.response.id"))).isEqualTo("id-1");
    assertThat(attributes.get(stringKey("gen_ai.response.model"))).isEqualTo("model-1");
    assertThat(attributes.get(stringArrayKey("gen_ai.response.finish_reasons"))).isNull();
    assertThat(attributes.get(longKey("gen_ai.usage.input_tokens"))).isNull();
  }

  @Test
  void holdsAConsumerThatWantsNoMoreForNoError() {
    start(Calls.streamed()).cancelled(Cancellation.CLOSED_BY_CONSUMER, Calls.bare());

    SpanData span = telemetry.onlySpan();
    assertThat(span.getStatus()).isEqualTo(StatusData.unset());
    assertThat(span.getAttributes().get(stringKey("error.type"))).isNull();
    assertThat(span.getAttributes().get(stringKey("llm.outcome"))).isEqualTo("cancelled");
    assertThat(telemetry.durationPoint().getAttributes())
        .isEqualTo(identity().toBuilder().put("llm.outcome", "cancelled").build());
  }

  @Test
  void holdsAnAnswerThatNobodyTookForAnError() {
    start(Calls.streamed()).cancelled(Cancellation.ABANDONED, Calls.bare());

    SpanData span = telemetry.onlySpan();
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span.getAttributes().get(stringKey("error.type")))
        .isEqualTo("java.util.concurrent.TimeoutException");
    assertThat(span.getAttributes().get(stringKey("llm.outcome"))).isEqualTo("abandoned");
    assertThat(telemetry.durationPoint().getAttributes().get(stringKey("llm.outcome")))
        .isEqualTo("abandoned");
  }

  @Test
  void holdsACallThatCamelStoppedForAnError() {
    start(Calls.streamed()).cancelled(Cancellation.STOPPED, Calls.bare());

    SpanData span = telemetry.onlySpan();
    assertThat(span.getStatus())
        .isEqualTo(
            StatusData.create(StatusCode.ERROR, "Camel stopped before the answer was complete"));
    assertThat(span.getAttributes().get(stringKey("error.type")))
        .isEqualTo("java.util.concurrent.CancellationException");
    assertThat(span.getAttributes().get(stringKey("llm.outcome"))).isEqualTo("cancelled");
    assertThat(telemetry.durationPoint().getAttributes().get(stringKey("error.type")))
        .isEqualTo("java.util.concurrent.CancellationException");
  }

  @Test
  void recordsTheDurationOfTheSpanToTheNanosecond() {
    CallObservation observation = start(Calls.whole());
    clock.advance(Duration.ofMillis(1_250));
    observation.completed(Calls.response());

    SpanData span = telemetry.onlySpan();
    HistogramPointData point = telemetry.durationPoint();
    assertThat(span.getEndEpochNanos() - span.getStartEpochNanos()).isEqualTo(1_250_000_000L);
    assertThat(point.getSum()).isEqualTo(1.25);
    assertThat(point.getCount()).isEqualTo(1);
    assertThat(point.getAttributes())
        .isEqualTo(
            identity().toBuilder()
                .put("llm.outcome", "completed")
                .put("gen_ai.response.model", "gpt-4o-2024-08-06")
                .build());
  }

  @Test
  void measuresRightWhenTheClockIsSetBack() {
    CallObservation observation = start(Calls.whole());
    clock.advance(Duration.ofSeconds(1));
    clock.setBack(Duration.ofHours(1));
    observation.completed(Calls.response());

    SpanData span = telemetry.onlySpan();
    assertThat(span.getEndEpochNanos() - span.getStartEpochNanos()).isEqualTo(1_000_000_000L);
    assertThat(telemetry.durationPoint().getSum()).isEqualTo(1.0);
  }

  @Test
  void ignoresEveryEndingButTheFirst() {
    CallObservation observation = start(Calls.streamed());
    observation.cancelled(Cancellation.CLOSED_BY_CONSUMER, Calls.bare());
    observation.completed(Calls.response());
    observation.failed(Calls.rateLimit());

    assertThat(telemetry.onlySpan().getAttributes().get(stringKey("llm.outcome")))
        .isEqualTo("cancelled");
    assertThat(telemetry.durationPoint().getCount()).isEqualTo(1);
  }

  private String errorType(LlmException failure) {
    try (InMemoryTelemetry own = new InMemoryTelemetry()) {
      new CallTelemetry(own.openTelemetry(), "1", TelemetrySettings.defaults(), clock)
          .observer(Calls.callerIn(Context.root()))
          .start(Calls.whole())
          .failed(failure);
      String ofSpan = own.onlySpan().getAttributes().get(stringKey("error.type"));
      assertThat(own.durationPoint().getAttributes().get(stringKey("error.type")))
          .isEqualTo(ofSpan);
      return String.valueOf(ofSpan);
    }
  }

  /** What every metric point of a call to Azure carries. */
  private static Attributes identity() {
    return Attributes.builder()
        .put("gen_ai.operation.name", "chat")
        .put("gen_ai.provider.name", "azure.ai.openai")
        .put("gen_ai.system", "azure_openai")
        .put("gen_ai.request.model", "gpt-4o")
        .put("server.address", "acme.openai.azure.com")
        .put("server.port", 443)
        .put("camel.route.id", "route-1")
        .build();
  }

  private CallObservation start(Call call) {
    return telemetry()
        .observer(
            Caller.at(Calls.below(Context.root()))
                .routeId("route-1")
                .nodeId("node-1")
                .stepId("summarise")
                .exchangeId("exchange-1")
                .breadcrumbId("breadcrumb-1")
                .build())
        .start(call);
  }

  private CallTelemetry telemetry() {
    return new CallTelemetry(
        telemetry.openTelemetry(), "1.2.3", TelemetrySettings.defaults(), clock);
  }
}
