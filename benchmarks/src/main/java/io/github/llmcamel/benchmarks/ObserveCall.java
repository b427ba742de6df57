/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks;

import io.github.llmcamel.benchmarks.load.UnreadTelemetry;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.ServerTiming;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.observe.Call;
import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.observe.CallObserver;
import io.github.llmcamel.otel.LlmTelemetry;
import io.github.llmcamel.otel.genai.TelemetrySettings;
import io.github.llmcamel.otel.genai.content.BuiltInRedactors;
import io.github.llmcamel.otel.genai.content.ContentMode;
import io.github.llmcamel.otel.genai.content.ContentSettings;
import io.github.llmcamel.provider.Providers;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What telemetry alone adds to a call on one core: span, metrics and log record, with an SDK that
 * aggregates metrics and drops spans and log records.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ObserveCall {

  private static final int EVENTS = 1_000;
  private static final String SENTENCE =
      "Please read the following letter and tell me in two sentences what the customer wants. ";
  private static final URI URL = URI.create("https://api.openai.com/v1/chat/completions");
  private static final ChatEvent DELTA = new ChatEvent.TextDelta(0, " word");
  private static final ChatResponse RESPONSE =
      new ChatResponse(
          "chatcmpl-AbCdEfGhIjKlMnOpQrStUvWx",
          "gpt-4o-mini-2024-07-18",
          List.of(new ChatResponse.Choice(0, "Done.", null, null, List.of(), FinishReason.STOP)),
          new Usage(512L, 128L, 0L, null, 0L, null),
          ServerTiming.UNKNOWN);

  @Param public Depth depth = Depth.SAMPLED;

  private final Call whole = call(Delivery.WHOLE);
  private final CamelContext context = new DefaultCamelContext();
  private final Exchange exchange = new DefaultExchange(context);
  private @Nullable LlmTelemetry telemetry;
  private CallObservation stream = CallObservation.NONE;

  /** Everything that does not belong to a single call. */
  @Setup
  public void setUp() {
    exchange.getExchangeExtension().setFromRouteId("letters");
    if (depth != Depth.NO_OPENTELEMETRY) {
      telemetry = UnreadTelemetry.create(depth.sampler(), depth.settings());
    }
    stream = observer().start(call(Delivery.STREAMED));
  }

  /** A whole answer to a prompt of 2 kB, the first call of its exchange. */
  @Benchmark
  public void wholeCall(Blackhole headers) {
    exchange.removeProperties("*");
    CallObservation call = observer().start(whole);
    call.send(
        "POST",
        URL,
        () ->
            call.headers(
                (name, value) -> {
                  headers.consume(name);
                  headers.consume(value);
                }));
    call.sent();
    call.head(200);
    call.completed(RESPONSE);
    if (depth == Depth.REDACTED_CONTENT && telemetry != null) {
      telemetry.close(); // Else calls would be faster than redactors, and go without contents.
    }
  }

  /** One operation is one event of a stream. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void streamedEvent() {
    for (int i = 0; i < EVENTS; i++) {
      stream.event(DELTA);
    }
  }

  /** As a producer decides it. */
  private CallObserver observer() {
    return telemetry == null ? CallObserver.NONE : telemetry.observe(exchange);
  }

  private static Call call(Delivery delivery) {
    return new Call(
        Providers.find("openai").orElseThrow(),
        ChatRequest.builder()
            .model("gpt-4o-mini")
            .message(Message.user(SENTENCE.repeat(2_000 / SENTENCE.length())))
            .build(),
        delivery,
        "api.openai.com",
        443);
  }

  /** How much telemetry there is. */
  public enum Depth {
    NO_OPENTELEMETRY,
    NOT_SAMPLED,
    SAMPLED,
    HTTP_SPAN,
    CONTENT,
    REDACTED_CONTENT;

    private Sampler sampler() {
      return this == NOT_SAMPLED ? Sampler.alwaysOff() : Sampler.alwaysOn();
    }

    private TelemetrySettings settings() {
      return TelemetrySettings.builder().httpSpans(this == HTTP_SPAN).content(content()).build();
    }

    private ContentSettings content() {
      if (compareTo(CONTENT) < 0) {
        return ContentSettings.OFF;
      }
      return new ContentSettings(
          ContentMode.SPAN_AND_EVENT,
          ContentSettings.OFF.roles(),
          ContentSettings.Tools.NAMES,
          ContentSettings.DEFAULT_BUDGET,
          BuiltInRedactors.of("redact", this == CONTENT ? null : "keys,emails"),
          List.of());
    }
  }
}
