/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks;

import io.github.llmcamel.benchmarks.load.UnreadTelemetry;
import io.github.llmcamel.component.ExchangeObserver;
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
import io.github.llmcamel.provider.Providers;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
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
  private static final ChatEvent DELTA = new ChatEvent.TextDelta(0, " word");
  private static final ChatResponse RESPONSE =
      new ChatResponse(
          "chatcmpl-AbCdEfGhIjKlMnOpQrStUvWx",
          "gpt-4o-mini-2024-07-18",
          List.of(new ChatResponse.Choice(0, "Done.", null, null, List.of(), FinishReason.STOP)),
          new Usage(512L, 128L, 0L, null, 0L, null),
          ServerTiming.UNKNOWN);

  @Param({"true", "false"})
  public boolean sampled;

  private final Call whole = call(Delivery.WHOLE);
  private ExchangeObserver telemetry;
  private Exchange exchange;
  private CallObservation stream;

  /** Everything that does not belong to a single call. */
  @Setup
  public void setUp() {
    telemetry = UnreadTelemetry.observer(sampled ? Sampler.alwaysOn() : Sampler.alwaysOff());
    exchange = new DefaultExchange(new DefaultCamelContext());
    stream = telemetry.observe(exchange).start(call(Delivery.STREAMED));
  }

  /** A whole answer to a prompt of 2 kB. */
  @Benchmark
  public void wholeCall(Blackhole headers) {
    CallObservation observation = telemetry.observe(exchange).start(whole);
    observation.headers(
        (name, value) -> {
          headers.consume(name);
          headers.consume(value);
        });
    observation.sent();
    observation.head(200);
    observation.completed(RESPONSE);
  }

  /** One operation is one event of a stream. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void streamedEvent() {
    for (int i = 0; i < EVENTS; i++) {
      stream.event(DELTA);
    }
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
}
