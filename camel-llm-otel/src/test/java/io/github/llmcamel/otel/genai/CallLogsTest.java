/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.llmcamel.observe.Call;
import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.observe.Cancellation;
import io.github.llmcamel.otel.testkit.Calls;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.testkit.CapturedLog;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CallLogsTest {

  private final ManualClock clock = new ManualClock();
  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void sayThatACallIsDone() {
    CallObservation observation = start(Calls.whole());
    clock.advance(Duration.ofNanos(1_234_567_890));
    observation.completed(Calls.response());

    LogRecordData record = telemetry.onlyLog();
    SpanData span = telemetry.onlySpan();
    assertThat(record.getBodyValue()).isNotNull();
    assertThat(record.getBodyValue().asString()).isEqualTo("Chat done");
    assertThat(record.getSeverity()).isEqualTo(Severity.INFO);
    assertThat(record.getSeverityText()).isEqualTo("INFO");
    assertThat(record.getEventName()).isNull();
    assertThat(record.getTimestampEpochNanos()).isEqualTo(span.getEndEpochNanos());
    assertThat(record.getSpanContext()).isEqualTo(span.getSpanContext());
    assertThat(record.getInstrumentationScopeInfo()).isEqualTo(span.getInstrumentationScopeInfo());
    assertThat(record.getAttributes())
        .isEqualTo(
            Attributes.builder()
                .put("model", "gpt-4o")
                .put("duration_s", 1.235)
                .put("prompt_tokens", 25)
                .put("completion_tokens", 12)
                .put("llm.outcome", "completed")
                .put("camel.route.id", "route-1")
                .put("camel.exchange.id", "exchange-1")
                .build());
  }

  @Test
  void sayThatAStreamIsDoneAlsoWhenItsReaderHadEnough() {
    start(Calls.streamed()).completed(Calls.bare());
    start(Calls.streamed()).cancelled(Cancellation.CLOSED_BY_CONSUMER, Calls.bare());

    assertThat(telemetry.logs())
        .extracting(
            record -> String.valueOf(record.getBodyValue().asString()),
            LogRecordData::getSeverity,
            record -> record.getAttributes().get(stringKey("llm.outcome")))
        .containsExactly(
            tuple("Stream done", Severity.INFO, "completed"),
            tuple("Stream done", Severity.INFO, "cancelled"));
    assertThat(telemetry.logs().get(0).getAttributes().get(longKey("prompt_tokens"))).isNull();
  }

  @Test
  void warnOnceOfACallThatFailed() {
    start(Calls.streamed()).failed(Calls.rateLimit());

    LogRecordData record = telemetry.onlyLog();
    assertThat(record.getEventName()).isEqualTo("gen_ai.client.operation.exception");
    assertThat(record.getBodyValue()).isNotNull();
    assertThat(record.getBodyValue().asString()).isEqualTo("Chat failed");
    assertThat(record.getSeverity()).isEqualTo(Severity.WARN);
    assertThat(record.getSpanContext()).isEqualTo(telemetry.onlySpan().getSpanContext());
    assertThat(record.getAttributes())
        .isEqualTo(
            Attributes.builder()
                .put("model", "gpt-4o")
                .put("duration_s", 0.0)
                .put("llm.outcome", "failed")
                .put("camel.route.id", "route-1")
                .put("camel.exchange.id", "exchange-1")
                .put("error.type", "429")
                .put("exception.type", "io.github.llmcamel.error.LlmRateLimitException")
                .put("exception.message", "Slow down")
                .build());
  }

  @ParameterizedTest
  @CsvSource({
    "ABANDONED, abandoned, java.util.concurrent.TimeoutException",
    "STOPPED, cancelled, java.util.concurrent.CancellationException"
  })
  void warnOfACallThatWasEndedForNoGood(Cancellation reason, String outcome, String errorType) {
    start(Calls.streamed()).cancelled(reason, Calls.bare());

    LogRecordData record = telemetry.onlyLog();
    assertThat(record.getEventName()).isEqualTo("gen_ai.client.operation.exception");
    assertThat(record.getAttributes().get(stringKey("llm.outcome"))).isEqualTo(outcome);
    assertThat(record.getAttributes().get(stringKey("error.type"))).isEqualTo(errorType);
    assertThat(record.getAttributes().get(stringKey("exception.type")))
        .isEqualTo("java.util.concurrent.CancellationException");
  }

  @Test
  void leadToTheSpanAlsoWhenNobodySampledIt() {
    try (InMemoryTelemetry unsampled = new InMemoryTelemetry(Sampler.alwaysOff())) {
      telemetry(unsampled.openTelemetry(), CallLogTarget.AUTO)
          .observer(Calls.callerIn(Context.root()))
          .start(Calls.whole())
          .completed(Calls.response());

      assertThat(unsampled.onlyLog().getSpanContext().isValid()).isTrue();
      assertThat(unsampled.onlyLog().getSpanContext().isSampled()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(CallLogTarget.class)
  void goWhereTheyAreWanted(CallLogTarget target) {
    try (CapturedLog log = new CapturedLog()) {
      complete(telemetry.openTelemetry(), target);

      boolean otlp = target != CallLogTarget.SLF4J && target != CallLogTarget.NONE;
      boolean slf4j = target == CallLogTarget.SLF4J || target == CallLogTarget.BOTH;
      assertThat(telemetry.logs()).hasSize(otlp ? 1 : 0);
      assertThat(log.linesWith("Chat done")).hasSize(slf4j ? 1 : 0);
    }
  }

  @Test
  void goToTheApplicationsLogWhereOpenTelemetryHasNoPlaceForThem() {
    try (OpenTelemetrySdk withoutLogs = OpenTelemetrySdk.builder().build();
        CapturedLog log = new CapturedLog()) {
      assertThat(telemetry(withoutLogs, CallLogTarget.AUTO).logTarget())
          .isEqualTo(CallLogTarget.SLF4J);
      complete(withoutLogs, CallLogTarget.AUTO);

      assertThat(log.linesWith("Chat done"))
          .singleElement()
          .asString()
          .contains(
              "INFO",
              "io.github.llmcamel.calls",
              "model=gpt-4o",
              "duration_s=0.0",
              "prompt_tokens=25",
              "completion_tokens=12",
              "llm.outcome=completed");
    }
  }

  @Test
  void nameTheSpanInTheApplicationsLog() {
    try (CapturedLog log = new CapturedLog()) {
      complete(telemetry.openTelemetry(), CallLogTarget.SLF4J);
      telemetry(telemetry.openTelemetry(), CallLogTarget.SLF4J)
          .observer(Calls.callerIn(Context.root()))
          .start(Calls.whole())
          .failed(Calls.rateLimit());

      SpanData span = telemetry.spans().get(0);
      assertThat(log.linesWith("Chat done"))
          .singleElement()
          .asString()
          .contains("trace_id=" + span.getTraceId(), "span_id=" + span.getSpanId());
      assertThat(log.linesWith("Chat failed"))
          .singleElement()
          .asString()
          .contains("WARN", "error.type=429", "exception.message=\"Slow down\"");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a trace_id=forged, \"a trace_id=forged\"",
    "say \"no\", \"say \\\"no\\\"\"",
    "a\\b, \"a\\\\b\"",
    "a\u00a0b=c, \"a\u00a0b=c\"",
    "gemma3:4b, gemma3:4b"
  })
  void quoteWhatWouldLookLikeAnotherPair(String model, String shown) {
    try (CapturedLog log = new CapturedLog()) {
      telemetry(telemetry.openTelemetry(), CallLogTarget.SLF4J)
          .observer(Calls.callerIn(Context.root()))
          .start(Calls.whole(model))
          .completed(Calls.response());

      assertThat(log.linesWith("Chat done"))
          .singleElement()
          .asString()
          .contains(" model=" + shown + " ");
    }
  }

  @Test
  void doNotNeedAnApiThatNamesRecords() {
    Map<String, Object> attributes = new HashMap<>();
    new CallLogs(() -> oldBuilder(attributes), logTo(CallLogTarget.OTLP))
        .ended(
            Context.root(),
            Calls.whole(),
            Calls.callerIn(Context.root()),
            CallEnding.failed(Calls.rateLimit()),
            1,
            1);

    assertThat(attributes)
        .containsEntry("event.name", "gen_ai.client.operation.exception")
        .containsEntry("emitted", true);
  }

  @Test
  void areRefusedATargetThatThereIsNot() {
    assertThat(CallLogTarget.of("camel.llm-otel.log", " Both ")).isEqualTo(CallLogTarget.BOTH);
    assertThat(CallLogTarget.of("camel.llm-otel.log", null)).isEqualTo(CallLogTarget.AUTO);
    assertThatThrownBy(() -> CallLogTarget.of("camel.llm-otel.log", "syslog"))
        .hasMessage("camel.llm-otel.log is 'syslog'; use auto, otlp, slf4j, both or none");
  }

  @Test
  void tellMillisecondsInSeconds() {
    CallObservation observation = start(Calls.whole());
    clock.advance(Duration.ofMillis(1));
    observation.completed(Calls.bare());

    assertThat(telemetry.onlyLog().getAttributes().get(doubleKey("duration_s"))).isEqualTo(0.001);
  }

  private void complete(OpenTelemetry openTelemetry, CallLogTarget target) {
    telemetry(openTelemetry, target)
        .observer(Calls.callerIn(Context.root()))
        .start(Calls.whole())
        .completed(Calls.response());
  }

  private CallObservation start(Call call) {
    Caller caller =
        Caller.at(Calls.below(Context.root()))
            .routeId("route-1")
            .nodeId("node-1")
            .exchangeId("exchange-1")
            .build();
    return telemetry(telemetry.openTelemetry(), CallLogTarget.AUTO).observer(caller).start(call);
  }

  private CallTelemetry telemetry(OpenTelemetry openTelemetry, CallLogTarget target) {
    return new CallTelemetry(openTelemetry, "1.2.3", logTo(target), clock);
  }

  private static TelemetrySettings logTo(CallLogTarget target) {
    return TelemetrySettings.builder().log(target).build();
  }

  /** As the API was before 1.50. */
  private static LogRecordBuilder oldBuilder(Map<String, Object> attributes) {
    return (LogRecordBuilder)
        Proxy.newProxyInstance(
            CallLogsTest.class.getClassLoader(),
            new Class<?>[] {LogRecordBuilder.class},
            (self, method, arguments) -> {
              switch (method.getName()) {
                case "setEventName" -> throw new NoSuchMethodError("setEventName");
                case "setAttribute" ->
                    attributes.put(((AttributeKey<?>) arguments[0]).getKey(), arguments[1]);
                case "emit" -> attributes.put("emitted", true);
                default -> {}
              }
              return method.getReturnType() == void.class ? null : self;
            });
  }
}
