/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.observe.Call;
import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.observe.CallObserver;
import io.github.llmcamel.observe.Cancellation;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Turns the life of calls into telemetry: hands each moment to each signal. Thread-safe. */
public final class CallTelemetry {

  private static final String SCOPE = "io.github.llmcamel";

  private final Tracer tracer;
  private final CallMetrics metrics;
  private final CallClock clock;

  /**
   * Telemetry that goes to {@code openTelemetry}.
   *
   * @param version the version of the instrumentation scope
   */
  public CallTelemetry(OpenTelemetry openTelemetry, String version) {
    this(openTelemetry, version, CallClock.SYSTEM);
  }

  CallTelemetry(OpenTelemetry openTelemetry, String version, CallClock clock) {
    this.tracer = openTelemetry.tracerBuilder(SCOPE).setInstrumentationVersion(version).build();
    this.metrics =
        new CallMetrics(
            openTelemetry.meterBuilder(SCOPE).setInstrumentationVersion(version).build());
    this.clock = clock;
  }

  /** Who follows the calls of {@code caller}. */
  public CallObserver observer(Caller caller) {
    return call -> new Observed(call, caller);
  }

  /** What a sampler is shown and every metric point carries. */
  private static Attributes identity(Call call) {
    AttributesBuilder attributes = Attributes.builder();
    attributes.put(GenAiAttributes.OPERATION_NAME, GenAiAttributes.CHAT);
    attributes.put(GenAiAttributes.PROVIDER_NAME, call.provider().telemetryName());
    if (call.request().model() != null) {
      attributes.put(GenAiAttributes.REQUEST_MODEL, call.request().model());
    }
    attributes.put(GenAiAttributes.SERVER_ADDRESS, call.serverAddress());
    if (call.serverPort() != null) {
      attributes.put(GenAiAttributes.SERVER_PORT, call.serverPort().longValue());
    }
    attributes.put(GenAiAttributes.SYSTEM, call.provider().name());
    return attributes.build();
  }

  /** One call. Signals come one at a time; only endings may race, and the first counts. */
  private final class Observed implements CallObservation {
    private final Attributes identity;
    private final boolean streamed;
    private final long startEpochNanos;
    private final long startNanos;
    private final CallSpan span;
    private final AtomicBoolean ended = new AtomicBoolean();
    private long sentNanos;
    private @Nullable Double secondsToFirstChunk;

    private Observed(Call call, Caller caller) {
      identity = identity(call);
      streamed = call.delivery() == Delivery.STREAMED;
      startEpochNanos = clock.epochNanos();
      startNanos = clock.nanoTime();
      sentNanos = startNanos;
      span = CallSpan.start(tracer, call, caller, identity, startEpochNanos);
    }

    @Override
    public void headers(BiConsumer<String, String> setter) {
      // Not the configured propagators: baggage is nothing a provider should see.
      W3CTraceContextPropagator.getInstance().inject(span.context(), setter, BiConsumer::accept);
    }

    @Override
    public void sent() {
      sentNanos = clock.nanoTime();
    }

    @Override
    public void event(ChatEvent event) {
      if (streamed && secondsToFirstChunk == null && event.isContent()) {
        secondsToFirstChunk = seconds(clock.nanoTime() - sentNanos);
      }
    }

    @Override
    public void completed(ChatResponse response) {
      end(CallEnding.completed(response));
    }

    @Override
    public void failed(LlmException failure) {
      end(CallEnding.failed(failure));
    }

    @Override
    public void cancelled(Cancellation reason, ChatResponse partial) {
      end(CallEnding.cancelled(reason, partial));
    }

    private void end(CallEnding ending) {
      if (!ended.compareAndSet(false, true)) {
        return;
      }
      long durationNanos = clock.nanoTime() - startNanos;
      span.end(ending, secondsToFirstChunk, startEpochNanos + durationNanos);
      metrics.ended(span.context(), identity, ending, seconds(durationNanos));
    }
  }

  private static double seconds(long nanos) {
    return (double) nanos / TimeUnit.SECONDS.toNanos(1);
  }
}
