/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.statements;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.component.LlmStream;
import io.github.llmcamel.otel.genai.Profile;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry.Point;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How a call ends, in each profile. {@code EveryEndingTest} has all endings of all ways an answer
 * may travel.
 */
class EndingStatementsTest {

  private static final String GPT = "openai?model=gpt-4o";
  private static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");
  private static final AttributeKey<String> OUTCOME = stringKey("llm.outcome");
  private static final AttributeKey<String> ERROR_CODE = stringKey("llm.error.code");

  private final LlmRoutes routes = new LlmRoutes();
  private final InMemoryTelemetry telemetry = routes.telemetry();

  @AfterEach
  void close() {
    routes.close();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("17. A stream whose reader has enough after two pieces ends its span, as no error")
  void aStreamWhoseReaderHasEnoughEndsItsSpan(Profile profile) {
    routes.in(profile);
    routes.add(
        route ->
            route
                .from("direct:two")
                .to(routes.endpoint(GPT + "&stream=true"))
                .process(EndingStatementsTest::readTwo));
    CompletableFuture<Exchange> asked = routes.send("direct:two", question -> {});
    Peer provider = routes.provider().accept();
    provider.sendHead(200, "text/event-stream");
    provider.sendChunk(Answer.events(Answer.sixPieces().limit(2)).body());
    provider.awaitClosed();

    assertThat(asked.join().getException()).isNull();
    await().untilAsserted(() -> assertEnded(null));
    await().untilAsserted(() -> assertThat(sums("llm.request.active")).isEqualTo(seed(profile, 0)));
    assertThat(sums("llm.stream.chunks")).isEqualTo(seed(profile, 2));
    assertThat(attribute(OUTCOME)).isEqualTo(profile == Profile.SEED ? "cancelled" : null);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("18. HTTP 429 is the error type 429, on span and duration; the code is the seed's")
  void aStatusOfAnErrorIsItsType(Profile profile) {
    routes.in(profile).ask(GPT, Answer.RATE_LIMIT);

    assertEnded("429");
    assertThat(attribute(ERROR_CODE))
        .isEqualTo(profile == Profile.SEED ? "rate_limit_exceeded" : null);
    assertThat(telemetry.durationPoint().getAttributes().get(ERROR_CODE)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("19. A refused connection has the JDK's name, is timed once and leaves none active")
  void aRefusedConnectionIsCountedOnce(Profile profile) {
    routes.provider().close();
    routes.in(profile).ask(GPT, question -> {}).join();

    assertEnded("java.net.ConnectException");
    assertThat(sums("llm.request.active")).isEqualTo(seed(profile, 0));
    assertThat(sums("llm.request.errors")).isEqualTo(seed(profile, 1));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("20. An answer that does not come in time ends the span once, as an error")
  void anAnswerThatDoesNotComeInTimeIsAnError(Profile profile) {
    CompletableFuture<Exchange> asked =
        routes.in(profile).ask(GPT + "&firstByteTimeout=50ms", question -> {});
    routes.provider().accept().awaitClosed();
    asked.join();

    assertEnded("java.util.concurrent.TimeoutException");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("20. An answer that is no JSON ends the span once, as an error")
  void anAnswerThatIsNoJsonIsAnError(Profile profile) {
    routes.in(profile).ask(GPT, Answer.json("Canary."));

    assertEnded("io.github.llmcamel.error.LlmProtocolException");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("20. A step that fails while a live answer is open ends the span once, as no error")
  void aStepThatFailsWhileALiveAnswerIsOpenIsNoErrorOfTheCall(Profile profile) {
    routes.in(profile);
    failingAfter(GPT + "&stream=true");
    CompletableFuture<Exchange> asked = routes.send("direct:fails", question -> {});
    Peer provider = routes.provider().accept();
    provider.sendHead(200, "text/event-stream");
    provider.sendChunk(Answer.events(Answer.sixPieces()).body());

    assertThat(asked.join().getException()).isInstanceOf(IllegalStateException.class);
    await().untilAsserted(() -> assertEnded(null));
    assertThat(attribute(OUTCOME)).isEqualTo(profile == Profile.SEED ? "cancelled" : null);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("20. A step that fails after a whole answer changes nothing of the span")
  void aStepThatFailsAfterAWholeAnswerIsNoErrorOfTheCall(Profile profile) {
    routes.in(profile);
    failingAfter(GPT);
    CompletableFuture<Exchange> asked = routes.send("direct:fails", question -> {});
    Answer.OPENAI.sendTo(routes.provider().accept());

    assertThat(asked.join().getException()).isInstanceOf(IllegalStateException.class);
    assertEnded(null);
    assertThat(attribute(OUTCOME)).isEqualTo(profile == Profile.SEED ? "completed" : null);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("22. Each attempt of Camel's redelivery has a span of its own, and each ends")
  void eachAttemptOfARedeliveryHasASpanOfItsOwn(Profile profile) {
    routes.in(profile);
    routes.add(
        route -> {
          route.errorHandler(route.defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(0));
          route.from("direct:again").to(routes.endpoint(GPT));
        });
    CompletableFuture<Exchange> asked = routes.send("direct:again", question -> {});
    routes.provider().accept().reply(503, "text/plain", "Later.");
    Answer.OPENAI.sendTo(routes.provider().accept());

    assertThat(asked.join().getException()).isNull();
    assertThat(routes.calls())
        .hasSize(2)
        .allMatch(SpanData::hasEnded)
        .extracting(span -> span.getAttributes().get(ERROR_TYPE))
        .containsExactly("503", null);
    assertThat(telemetry.points("gen_ai.client.operation.duration"))
        .extracting(Point::count)
        .containsExactly(1L, 1L);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("52. A failing call leaves one event, in the context of its span, and none on it")
  void aFailingCallLeavesOneEvent(Profile profile) {
    routes.in(profile).ask(GPT, Answer.RATE_LIMIT);

    LogRecordData record = telemetry.onlyLog();
    assertThat(record.getEventName()).isEqualTo("gen_ai.client.operation.exception");
    assertThat(record.getSeverity()).isEqualTo(Severity.WARN);
    assertThat(record.getAttributes().get(stringKey("exception.type")))
        .isEqualTo("io.github.llmcamel.error.LlmRateLimitException");
    assertThat(record.getSpanContext()).isEqualTo(telemetry.onlySpan().getSpanContext());
    assertThat(telemetry.onlySpan().getEvents()).isEmpty();
  }

  private void failingAfter(String options) {
    routes.add(
        route ->
            route
                .from("direct:fails")
                .to(routes.endpoint(options))
                .throwException(new IllegalStateException("No.")));
  }

  /** One span, one time, the same type of error on both; null for no error. */
  private void assertEnded(@Nullable String errorType) {
    SpanData span = telemetry.onlySpan();
    assertThat(span.hasEnded()).isTrue();
    assertThat(span.getStatus().getStatusCode())
        .isEqualTo(errorType == null ? StatusCode.UNSET : StatusCode.ERROR);
    assertThat(span.getAttributes().get(ERROR_TYPE)).isEqualTo(errorType);
    HistogramPointData duration = telemetry.durationPoint();
    assertThat(duration.getCount()).isEqualTo(1);
    assertThat(duration.getAttributes().get(ERROR_TYPE)).isEqualTo(errorType);
  }

  private @Nullable String attribute(AttributeKey<String> key) {
    return telemetry.onlySpan().getAttributes().get(key);
  }

  private List<Double> sums(String metric) {
    return telemetry.points(metric).stream().map(Point::value).toList();
  }

  /** What a metric of the seed has: nothing in the profile that is without it. */
  private static List<Double> seed(Profile profile, double sum) {
    return profile == Profile.SEED ? List.of(sum) : List.of();
  }

  private static void readTwo(Exchange exchange) throws IOException {
    try (LlmStream<?> live = exchange.getMessage().getBody(LlmStream.class)) {
      assertThat(live.next()).isEqualTo("a");
      assertThat(live.next()).isEqualTo("a");
    }
  }
}
