/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.Sampling;
import io.github.llmcamel.model.ServerTiming;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.observe.Call;
import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.observe.Cancellation;
import io.github.llmcamel.otel.testkit.Calls;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry.Point;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallMetricsTest {

  private static final int NAME_LIMIT = 100;

  private static final Attributes REQUEST =
      Attributes.builder()
          .put("gen_ai.operation.name", "chat")
          .put("gen_ai.provider.name", "azure.ai.openai")
          .put("gen_ai.system", "azure_openai")
          .put("gen_ai.request.model", "gpt-4o")
          .put("server.address", "acme.openai.azure.com")
          .put("server.port", 443)
          .build();
  private static final Attributes ANSWER =
      REQUEST.toBuilder().put("gen_ai.response.model", "gpt-4o-2024-08-06").build();
  private static final Attributes MODEL = Attributes.builder().put("model", "gpt-4o").build();

  private final ManualClock clock = new ManualClock();
  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();
  private final CallTelemetry calls =
      new CallTelemetry(telemetry.openTelemetry(), "1", TelemetrySettings.defaults(), clock);

  /** Every way a call can end. */
  enum Ending {
    COMPLETED,
    FAILED,
    FAILED_WITH_A_PART,
    CLOSED_BY_CONSUMER,
    ABANDONED,
    STOPPED;

    void end(CallObservation observation) {
      Consumer<Cancellation> cancel = reason -> observation.cancelled(reason, Calls.bare());
      switch (this) {
        case COMPLETED -> observation.completed(Calls.response());
        case FAILED -> observation.failed(Calls.rateLimit());
        case FAILED_WITH_A_PART -> {
          LlmException failure = Calls.rateLimit();
          failure.initPartialResponse(Calls.response());
          observation.failed(failure);
        }
        case CLOSED_BY_CONSUMER -> cancel.accept(Cancellation.CLOSED_BY_CONSUMER);
        case ABANDONED -> cancel.accept(Cancellation.ABANDONED);
        case STOPPED -> cancel.accept(Cancellation.STOPPED);
      }
    }

    boolean isError() {
      return this != COMPLETED && this != CLOSED_BY_CONSUMER;
    }
  }

  @Test
  void countsACallWhileItRuns() {
    start(Calls.whole());

    assertThat(telemetry.points("llm.request.active")).containsExactly(new Point(MODEL, 1, 1));
    assertThat(telemetry.points("llm.request.count"))
        .containsExactly(new Point(MODEL.toBuilder().put("stream", false).build(), 1, 1));
    assertThat(telemetry.points("llm.request.message_count"))
        .containsExactly(new Point(REQUEST, 1, 1));
    assertThat(telemetry.metrics()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource
  void comesBackToNoneHoweverACallEnds(Ending ending) {
    ending.end(start(Calls.streamed()));

    assertThat(telemetry.points("llm.request.active")).containsExactly(new Point(MODEL, 0, 1));
    assertThat(telemetry.durationPoint().getCount()).isEqualTo(1);
    assertThat(telemetry.points("llm.request.errors")).hasSize(ending.isError() ? 1 : 0);
    assertThat(telemetry.points("llm.request.count"))
        .containsExactly(new Point(MODEL.toBuilder().put("stream", true).build(), 1, 1));
  }

  @Test
  void countsAnErrorUnderItsType() {
    start(Calls.whole()).failed(Calls.rateLimit());

    assertThat(telemetry.points("llm.request.errors"))
        .containsExactly(new Point(REQUEST.toBuilder().put("error.type", "429").build(), 1, 1));
  }

  @Test
  void countsInputAndOutputTokens() {
    start(Calls.whole()).completed(Calls.response());

    assertThat(telemetry.points("gen_ai.client.token.usage"))
        .containsExactlyInAnyOrder(
            new Point(ANSWER.toBuilder().put("gen_ai.token.type", "input").build(), 25, 1),
            new Point(ANSWER.toBuilder().put("gen_ai.token.type", "output").build(), 12, 1));
  }

  @Test
  void countsTheTokensOfAnAnswerThatBrokeOff() {
    Ending.FAILED_WITH_A_PART.end(start(Calls.streamed()));

    assertThat(telemetry.points("gen_ai.client.token.usage")).hasSize(2);
    assertThat(telemetry.points("llm.token.throughput")).isEmpty();
    assertThat(telemetry.points("gen_ai.server.time_to_first_token")).isEmpty();
  }

  @Test
  void recordsNothingThatIsUnknown() {
    clock.advance(Duration.ofSeconds(1));
    start(Calls.whole()).completed(Calls.bare());

    assertThat(telemetry.metrics().keySet())
        .isEqualTo(
            Set.of(
                "llm.request.count",
                "llm.request.active",
                "llm.request.message_count",
                "gen_ai.client.operation.duration"));
  }

  @Test
  void timesTheContentOfAStream() {
    CallObservation stream = start(Calls.streamed());
    millis(100);
    stream.sent();
    millis(200);
    stream.event(new ChatEvent.Started("id", "gpt-4o-2024-08-06"));
    millis(50);
    stream.event(new ChatEvent.TextDelta(0, "a"));
    millis(40);
    stream.event(new ChatEvent.ToolCallDelta(0, 0, "t", "f", ""));
    millis(60);
    stream.event(new ChatEvent.TextDelta(0, "c"));
    millis(10);
    stream.event(new ChatEvent.Finished(0, FinishReason.STOP));
    stream.completed(answer(new Usage(25L, 5L, null, null, null, null), ServerTiming.UNKNOWN));

    assertThat(telemetry.points("gen_ai.client.operation.time_to_first_chunk"))
        .containsExactly(new Point(ANSWER, 0.25, 1));
    assertThat(telemetry.points("gen_ai.client.operation.time_per_output_chunk"))
        .containsExactly(new Point(ANSWER, 0.1, 2));
    assertThat(telemetry.points("llm.stream.chunks")).containsExactly(new Point(MODEL, 3, 1));
    Attributes client = ANSWER.toBuilder().put("llm.timing.source", "client").build();
    assertThat(telemetry.points("gen_ai.server.time_to_first_token"))
        .containsExactly(new Point(client, 0.25, 1));
    assertThat(telemetry.points("gen_ai.server.time_per_output_token"))
        .containsExactly(new Point(client, 0.025, 1));
    assertThat(telemetry.points("llm.token.throughput")).containsExactly(new Point(ANSWER, 40, 1));
  }

  @Test
  void countsTheChunksOfAStreamThatNobodyWantsAnyMore() {
    CallObservation stream = start(Calls.streamed());
    stream.event(new ChatEvent.TextDelta(0, "a"));
    stream.event(new ChatEvent.TextDelta(0, "b"));
    stream.cancelled(Cancellation.CLOSED_BY_CONSUMER, Calls.bare());

    assertThat(telemetry.points("llm.stream.chunks")).containsExactly(new Point(MODEL, 2, 1));
    assertThat(telemetry.points("gen_ai.client.operation.time_to_first_chunk")).hasSize(1);
    assertThat(telemetry.points("gen_ai.server.time_to_first_token")).isEmpty();
  }

  @Test
  void prefersTheClockOfTheServer() {
    CallObservation call = start(Calls.whole());
    millis(500);
    call.completed(
        answer(
            new Usage(25L, 5L, null, null, null, null),
            new ServerTiming(Duration.ofMillis(120), Duration.ofMillis(20))));

    Attributes server = ANSWER.toBuilder().put("llm.timing.source", "server").build();
    assertThat(telemetry.points("gen_ai.server.time_to_first_token"))
        .containsExactly(new Point(server, 0.12, 1));
    assertThat(telemetry.points("gen_ai.server.time_per_output_token"))
        .containsExactly(new Point(server, 0.02, 1));
    assertThat(telemetry.points("llm.token.throughput")).containsExactly(new Point(ANSWER, 50, 1));
  }

  @Test
  void tellsRoutesApartUnlessThatIsSwitchedOff() {
    Caller caller = Caller.at(Calls.below(Context.root())).routeId("triage").build();
    calls.observer(caller).start(Calls.whole()).completed(Calls.bare());

    assertThat(telemetry.durationPoint().getAttributes().get(GenAiAttributes.CAMEL_ROUTE_ID))
        .isEqualTo("triage");
    try (InMemoryTelemetry other = new InMemoryTelemetry()) {
      new CallTelemetry(
              other.openTelemetry(),
              "1",
              TelemetrySettings.builder().routeIdOnMetrics(false).build(),
              clock)
          .observer(caller)
          .start(Calls.whole())
          .completed(Calls.bare());

      assertThat(other.durationPoint().getAttributes().get(GenAiAttributes.CAMEL_ROUTE_ID))
          .isNull();
      assertThat(other.onlySpan().getAttributes().get(GenAiAttributes.CAMEL_ROUTE_ID))
          .isEqualTo("triage");
    }
  }

  @Test
  void foldsTheNamesOfModelsWhenThereAreTooManyAndComesBackToNoneAllTheSame() {
    List<CallObservation> running =
        IntStream.range(0, NAME_LIMIT + 20).mapToObj(i -> start(named("model-" + i))).toList();

    assertThat(telemetry.points("llm.request.active"))
        .hasSize(NAME_LIMIT + 1)
        .contains(new Point(Attributes.builder().put("model", "other").build(), 20, 1));
    running.forEach(observation -> observation.completed(Calls.bare()));
    assertThat(telemetry.points("llm.request.active"))
        .hasSize(NAME_LIMIT + 1)
        .allMatch(point -> point.value() == 0);
    assertThat(telemetry.points("gen_ai.client.operation.duration")).hasSize(NAME_LIMIT + 1);
    assertThat(telemetry.spans()).extracting(span -> span.getName()).contains("chat model-119");
    assertThat(telemetry.spans())
        .extracting(span -> span.getAttributes().get(GenAiAttributes.REQUEST_MODEL))
        .contains("model-119");
  }

  @Test
  void foldsServersWhenThereAreTooManyToo() {
    IntStream.range(0, NAME_LIMIT + 20)
        .mapToObj(i -> start(at("tenant-%d.example".formatted(i))))
        .forEach(observation -> observation.completed(Calls.bare()));

    assertThat(telemetry.points("gen_ai.client.operation.duration"))
        .hasSize(NAME_LIMIT + 1)
        .filteredOn(point -> point.count() == 20)
        .singleElement()
        .satisfies(
            point -> {
              assertThat(point.attributes().get(GenAiAttributes.SERVER_ADDRESS)).isEqualTo("other");
              assertThat(point.attributes().get(GenAiAttributes.SERVER_PORT)).isNull();
            });
    assertThat(telemetry.spans())
        .extracting(span -> span.getAttributes().get(GenAiAttributes.SERVER_ADDRESS))
        .contains("tenant-119.example");
    assertThat(telemetry.spans())
        .allMatch(span -> span.getAttributes().get(GenAiAttributes.SERVER_PORT) == 443);
  }

  @Test
  void countsWhatACallCosts() {
    start(Calls.whole().pricedBy(Calls.prices())).completed(Calls.response());
    start(Calls.whole().pricedBy(Calls.prices())).completed(Calls.response());

    assertThat(telemetry.points("llm.cost"))
        .containsExactly(
            new Point(ANSWER.toBuilder().put("llm.cost.currency", "EUR").build(), 0.00021, 1));
    assertThat(telemetry.spans())
        .allSatisfy(
            span -> {
              assertThat(span.getAttributes().get(GenAiAttributes.COST_AMOUNT)).isEqualTo(0.000105);
              assertThat(span.getAttributes().get(GenAiAttributes.COST_CURRENCY)).isEqualTo("EUR");
            });
  }

  @Test
  void whatHasNoPriceHasNoPoint() {
    start(Calls.whole()).completed(Calls.response());
    start(Calls.whole().pricedBy(Calls.prices())).completed(Calls.bare());

    assertThat(telemetry.points("llm.cost")).isEmpty();
  }

  @Test
  void tellsStagesAndVersionsOfPromptsApartUntilThereAreTooMany() {
    IntStream.range(0, NAME_LIMIT + 20)
        .mapToObj(i -> start(Calls.whole().ofStage("stage-" + i, "v" + i)))
        .forEach(observation -> observation.completed(Calls.bare()));

    assertThat(telemetry.points("gen_ai.client.operation.duration"))
        .hasSize(NAME_LIMIT + 1)
        .filteredOn(point -> point.count() == 20)
        .singleElement()
        .satisfies(
            point -> {
              assertThat(point.attributes().get(GenAiAttributes.PROMPT_NAME)).isEqualTo("other");
              assertThat(point.attributes().get(GenAiAttributes.PROMPT_VERSION)).isEqualTo("other");
            });
    assertThat(telemetry.spans())
        .extracting(span -> span.getAttributes().get(GenAiAttributes.PROMPT_VERSION))
        .contains("v119");
  }

  private static Call at(String host) {
    Call call = Calls.whole();
    return new Call(call.provider(), call.request(), call.delivery(), host, call.serverPort());
  }

  private static Call named(String model) {
    return Calls.azure(model, Sampling.NONE, Delivery.WHOLE);
  }

  private static ChatResponse answer(Usage usage, ServerTiming timing) {
    return new ChatResponse("id", "gpt-4o-2024-08-06", List.of(), usage, timing);
  }

  private CallObservation start(Call call) {
    return calls.observer(Calls.callerIn(Context.root())).start(call);
  }

  private void millis(long millis) {
    clock.advance(Duration.ofMillis(millis));
  }
}
