/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.EmbeddingsRequest;
import io.github.llmcamel.model.ModelResponse;
import io.github.llmcamel.observe.Call;
import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.observe.CallObserver;
import io.github.llmcamel.observe.Cancellation;
import io.github.llmcamel.otel.genai.content.RecordedContent;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Turns the life of calls into telemetry: hands each moment to each signal. Thread-safe. */
public final class CallTelemetry {

  private static final String SCOPE = "io.github.llmcamel";

  private final TelemetrySettings settings;
  private final Tracer tracer;
  private final CallMetrics metrics;
  private final CallLogs logs;
  private final CallContents contents;
  private final CallClock clock;

  /**
   * Telemetry that goes to {@code openTelemetry}.
   *
   * @param version the version of the instrumentation scope
   */
  public CallTelemetry(OpenTelemetry openTelemetry, String version, TelemetrySettings settings) {
    this(openTelemetry, version, settings, CallClock.SYSTEM);
  }

  CallTelemetry(
      OpenTelemetry openTelemetry, String version, TelemetrySettings settings, CallClock clock) {
    this.settings = settings;
    this.tracer = openTelemetry.tracerBuilder(SCOPE).setInstrumentationVersion(version).build();
    this.metrics =
        new CallMetrics(
            openTelemetry.meterBuilder(SCOPE).setInstrumentationVersion(version).build(), settings);
    Logger logger =
        openTelemetry
            .getLogsBridge()
            .loggerBuilder(SCOPE)
            .setInstrumentationVersion(version)
            .build();
    this.logs = new CallLogs(logger, settings);
    this.contents = new CallContents(logger, settings);
    this.clock = clock;
  }

  /** Who follows the calls of {@code caller}. */
  public CallObserver observer(Caller caller) {
    return call -> new Observed(call, caller);
  }

  /** Where the log record of each call goes in the end: never {@link CallLogTarget#AUTO}. */
  public CallLogTarget logTarget() {
    return logs.target();
  }

  /** Waits a few seconds for calls whose contents are with a redactor or hook. */
  public void drain() {
    contents.capture().drain();
  }

  /**
   * What a sampler is shown and every metric point carries.
   *
   * @param model the name of the model that was asked for, or what stands for it; null if none was
   * @param address the server's, or what stands for it
   * @param port the server's; null if it has none, or something else stands for it
   */
  static Attributes identity(
      Call call, @Nullable String model, String address, @Nullable Integer port, Profile profile) {
    AttributesBuilder attributes = Attributes.builder();
    attributes.put(GenAiAttributes.OPERATION_NAME, operation(call));
    attributes.put(GenAiAttributes.PROVIDER_NAME, call.provider().telemetryName());
    if (model != null) {
      attributes.put(GenAiAttributes.REQUEST_MODEL, model);
    }
    attributes.put(GenAiAttributes.SERVER_ADDRESS, address);
    if (port != null) {
      attributes.put(GenAiAttributes.SERVER_PORT, port.longValue());
    }
    if (profile.hasOnPoints(GenAiAttributes.SYSTEM)) {
      attributes.put(GenAiAttributes.SYSTEM, call.provider().name());
    }
    return attributes.build();
  }

  /** What the conventions call that which is asked for. */
  static String operation(Call call) {
    return call.request() instanceof EmbeddingsRequest
        ? GenAiAttributes.EMBEDDINGS
        : GenAiAttributes.CHAT;
  }

  /** One call. Signals come one at a time; only endings may race, and the first counts. */
  private final class Observed implements CallObservation {
    private final Call call;
    private final Caller caller;
    private final long startEpochNanos;
    private final long startNanos;
    private final CallSpan span;
    private final CallPoints points;
    private final AnswerProgress progress;
    private final AtomicBoolean ended = new AtomicBoolean();
    private @Nullable HttpSpan http;

    private Observed(Call call, Caller caller) {
      this.call = call;
      this.caller = caller;
      startEpochNanos = clock.epochNanos();
      startNanos = clock.nanoTime();
      progress = new AnswerProgress(startNanos);
      PointAttributes.OfCalls alike = metrics.attributes(call, caller);
      span = CallSpan.start(tracer, call, caller, settings, alike.ofSpan(call), startEpochNanos);
      points = metrics.start(call, alike, span.context());
    }

    @Override
    public void send(String method, URI url, Runnable handOver) {
      if (settings.httpSpans()) {
        long now = startEpochNanos + clock.nanoTime() - startNanos;
        http = HttpSpan.start(tracer, span.context(), method, url, call, now);
      }
      // The Java agent makes its span of the request below what is current here, and would send
      // the baggage.
      requestContext().with(Baggage.empty()).wrap(handOver).run();
    }

    private Context requestContext() {
      return http == null ? span.context() : http.context();
    }

    @Override
    public void headers(BiConsumer<String, String> setter) {
      if (settings.propagatesToProvider()) {
        // Not the configured propagators: baggage is nothing a provider should see.
        W3CTraceContextPropagator.getInstance()
            .inject(requestContext(), setter, BiConsumer::accept);
      }
    }

    @Override
    public void sent() {
      progress.sent(clock.nanoTime());
    }

    @Override
    public void head(int status) {
      if (http != null) {
        http.answered(status);
      }
    }

    @Override
    public void event(ChatEvent event) {
      if (event instanceof ChatEvent.Started started) {
        points.answeredBy(started.model());
      } else if (event.isContent()) {
        double seconds = progress.content(event, clock.nanoTime());
        if (progress.chunks() == 1) {
          points.firstChunk(seconds);
        } else {
          points.nextChunk(seconds);
        }
      }
    }

    @Override
    public void completed(ModelResponse response) {
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
      // Code of the application may throw in any of them: that must not cost the others.
      try {
        ModelResponse received = ending.response();
        caller
            .sums()
            .ended(ending.usage(), received == null ? null : call.cost(received), durationNanos);
      } finally {
        endSignals(ending, durationNanos);
      }
    }

    private void endSignals(CallEnding ending, long durationNanos) {
      try {
        if (http != null) {
          http.end(ending, startEpochNanos + durationNanos);
        }
      } finally {
        try {
          points.ended(ending, seconds(durationNanos), progress);
        } finally {
          contents.prepare(
              call, ending, span.context(), (said, content) -> tell(said, content, durationNanos));
        }
      }
    }

    /** Ends what carries words: the span, its details and the log record. */
    private void tell(CallEnding ending, @Nullable RecordedContent content, long durationNanos) {
      long endEpochNanos = startEpochNanos + durationNanos;
      try {
        endSpan(ending, content, endEpochNanos);
      } finally {
        try {
          contents.onEvent(span.context(), span.details(), content, endEpochNanos);
        } finally {
          logs.ended(span.context(), call, caller, ending, seconds(durationNanos), endEpochNanos);
        }
      }
    }

    private void endSpan(CallEnding ending, @Nullable RecordedContent content, long endEpochNanos) {
      try {
        span.describe(ending, progress.secondsToFirst());
        contents.onSpan(span.context(), content);
      } finally {
        span.end(endEpochNanos);
      }
    }
  }

  private static double seconds(long nanos) {
    return (double) nanos / TimeUnit.SECONDS.toNanos(1);
  }
}
