/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.error.Failure;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmServerException;
import io.github.llmcamel.error.LlmTimeoutException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.EmbeddingsResponse;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.observe.Call;
import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.observe.Cancellation;
import io.github.llmcamel.provider.Providers;
import io.github.llmcamel.testkit.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallStatisticsTest {

  private final ManualClock clock = new ManualClock();
  private final CallStatistics statistics = new CallStatistics(clock);

  @Test
  void aCallWaitsThenRunsThenIsOver() {
    CallObservation call = start("m", "r");
    assertThat(only()).extracting(CallCounts::queued, CallCounts::inFlight).containsExactly(1L, 0L);

    call.sent();
    assertThat(only()).extracting(CallCounts::queued, CallCounts::inFlight).containsExactly(0L, 1L);

    call.completed(ChatResponse.builder().build());
    assertThat(only()).extracting(CallCounts::queued, CallCounts::inFlight).containsExactly(0L, 0L);
    assertThat(only()).extracting(CallCounts::calls, CallCounts::failed).containsExactly(1L, 0L);
  }

  @Test
  void aCallThatFailsInTheQueueLeavesIt() {
    start("m", "r").failed(failure(0));

    assertThat(only()).extracting(CallCounts::queued, CallCounts::inFlight).containsExactly(0L, 0L);
    assertThat(only().errors()).isEqualTo(Map.of("java.util.concurrent.TimeoutException", 1L));
  }

  @Test
  void errorsAreCountedByType() {
    start("m", "r").failed(failure(500));
    start("m", "r").failed(failure(503));
    start("m", "r").failed(failure(503));
    start("m", "r").cancelled(Cancellation.STOPPED, ChatResponse.builder().build());

    assertThat(only().errors()).isEqualTo(Map.of("500", 1L, "503", 2L));
    assertThat(only())
        .extracting(CallCounts::failed, CallCounts::cancelled)
        .containsExactly(3L, 1L);
  }

  @Test
  void tokensOfUnfinishedAnswersCountToo() {
    LlmException failure = failure(500);
    failure.initPartialResponse(response(10L, 1L));
    start("m", "r").failed(failure);
    start("m", "r").cancelled(Cancellation.ABANDONED, response(20L, 2L));
    start("m", "r").completed(response(30L, null));

    assertThat(only())
        .extracting(CallCounts::inputTokens, CallCounts::outputTokens)
        .containsExactly(60L, 3L);
  }

  @Test
  void embeddingsCountWithTheTokensTheyRead() {
    start("m", "r")
        .completed(
            new EmbeddingsResponse(
                "m", List.of(new float[] {1}), new Usage(5L, null, null, null, null, null)));

    assertThat(only())
        .extracting(CallCounts::calls, CallCounts::inputTokens, CallCounts::outputTokens)
        .containsExactly(1L, 5L, 0L);
  }

  @Test
  void theFirstContentAfterSendingIsTheFirstToken() {
    CallObservation call = start("m", "r");
    clock.advance(Duration.ofMillis(500));
    call.sent();
    clock.advance(Duration.ofMillis(7));
    call.event(new ChatEvent.Started("id", "m"));
    clock.advance(Duration.ofMillis(5));
    call.event(new ChatEvent.TextDelta(0, "a"));
    clock.advance(Duration.ofMillis(100));
    call.event(new ChatEvent.TextDelta(0, "b"));

    assertThat(only().firstTokenP50()).isEqualTo(Duration.ofMillis(12));
    assertThat(only().firstTokenP95()).isEqualTo(Duration.ofMillis(12));
  }

  @Test
  void theDurationIsThatOfTheCallsThatCompletedWaitingIncluded() {
    start("m", "r").failed(failure(500));
    assertThat(only().durationP50()).isNull();

    CallObservation call = start("m", "r");
    clock.advance(Duration.ofMillis(5));
    call.sent();
    clock.advance(Duration.ofMillis(7));
    call.completed(ChatResponse.builder().build());

    assertThat(only().durationP50()).isEqualTo(Duration.ofMillis(12));
    assertThat(only().durationP95()).isEqualTo(Duration.ofMillis(12));
  }

  @Test
  void timesAreKnownOverAllGroupsToo() {
    assertThat(statistics.durationMillis(50)).isNull();
    CallObservation call = start("a", "r");
    call.sent();
    clock.advance(Duration.ofMillis(3));
    call.event(new ChatEvent.TextDelta(0, "a"));
    call.completed(ChatResponse.builder().build());
    CallObservation slower = start("b", "r");
    clock.advance(Duration.ofMillis(9));
    slower.completed(ChatResponse.builder().build());

    assertThat(statistics.durationMillis(50)).isEqualTo(3);
    assertThat(statistics.durationMillis(95)).isEqualTo(9);
    assertThat(statistics.firstTokenMillis(95)).isEqualTo(3);
  }

  @Test
  void callsAreToldApartByProviderModelAndRoute() {
    start("a", "r");
    start("b", "r");
    start("b", null);
    start("b", null);

    assertThat(statistics.groups())
        .extracting(CallCounts::group)
        .containsExactlyInAnyOrder(
            new CallGroup("groq", "a", "r"),
            new CallGroup("groq", "b", "r"),
            new CallGroup("groq", "b", null));
    assertThat(statistics.sum(CallCounts::calls)).isEqualTo(4);
  }

  @Test
  void tooManyGroupsAreOne() {
    for (int i = 0; i < CallStatistics.MOST_GROUPS + 50; i++) {
      start("m" + i, "r");
    }
    start("x".repeat(CallStatistics.LONGEST_MODEL + 1), "r");

    assertThat(statistics.groups()).hasSize(CallStatistics.MOST_GROUPS + 1);
    assertThat(statistics.groups())
        .filteredOn(counts -> counts.group().equals(CallGroup.OTHER))
        .extracting(CallCounts::calls)
        .containsExactly(51L);
    assertThat(statistics.sum(CallCounts::calls)).isEqualTo(CallStatistics.MOST_GROUPS + 51);
  }

  @Test
  void tooManyErrorTypesAreOne() {
    for (int i = 0; i < CallCounters.MOST_ERROR_TYPES + 10; i++) {
      start("m", "r").failed(failure(500 + i));
    }

    assertThat(only().errors())
        .hasSize(CallCounters.MOST_ERROR_TYPES + 1)
        .containsEntry("other", 10L);
  }

  private CallObservation start(String model, @Nullable String routeId) {
    Call call =
        new Call(
            Providers.find("groq").orElseThrow(),
            ChatRequest.builder().model(model).build(),
            Delivery.STREAMED,
            "api.groq.com",
            443);
    return statistics.start(call, routeId);
  }

  private CallCounts only() {
    assertThat(statistics.groups()).hasSize(1);
    return statistics.groups().get(0);
  }

  private static ChatResponse response(@Nullable Long input, @Nullable Long output) {
    return ChatResponse.builder()
        .usage(new ChatEvent.UsageReported(new Usage(input, output, null, null, null, null)))
        .build();
  }

  private static LlmException failure(int status) {
    URI uri = URI.create("https://api.groq.com/openai/v1/chat/completions");
    if (status == 0) {
      return new LlmTimeoutException("late", Failure.withoutReply("groq", uri, true), null);
    }
    return new LlmServerException(
        "no", new Failure("groq", uri, status, null, Map.of(), null, null, null, null, true), null);
  }
}
