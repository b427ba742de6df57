/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.EmbeddingsRequest;
import io.github.llmcamel.model.EmbeddingsResponse;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.ModelResponse;
import io.github.llmcamel.model.ResponseFormat;
import io.github.llmcamel.model.Sampling;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.observe.Call;
import io.github.llmcamel.price.Cost;
import io.github.llmcamel.provider.Protocol;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The span of one call.
 *
 * <p>It is never made current: the call's signals come on several threads, and a span left current
 * on one of them would become the parent of strangers. A span that is not sampled builds nothing
 * beyond what the sampler is shown.
 */
final class CallSpan {

  private static final int MAX_NAME_LENGTH = 256;
  private static final int MAX_LINKS = 32;

  private final Call call;
  private final Caller caller;
  private final TelemetrySettings settings;
  private final Declared declared;
  private final Span span;
  private final Context context;

  /** What the details event has of the span; null if there is no such event. */
  private final @Nullable AttributesBuilder details;

  /**
   * Starts the span.
   *
   * @param identity what samplers decide by: is set first, and stays if attributes are limited
   */
  static CallSpan start(
      Tracer tracer,
      Call call,
      Caller caller,
      TelemetrySettings settings,
      Attributes identity,
      long startEpochNanos) {
    String model = call.request().model();
    String operation = CallTelemetry.operation(call);
    SpanBuilder builder =
        tracer
            .spanBuilder(model == null ? operation : operation + " " + model)
            .setSpanKind(SpanKind.CLIENT)
            .setStartTimestamp(startEpochNanos, TimeUnit.NANOSECONDS)
            .setAllAttributes(identity);
    return new CallSpan(
        call,
        caller,
        settings,
        identity,
        caller
            .place()
            .start(
                parent -> {
                  link(builder, caller.joined(), parent);
                  return parent.with(builder.setParent(parent).startSpan());
                }));
  }

  private CallSpan(
      Call call, Caller caller, TelemetrySettings settings, Attributes identity, Context context) {
    this.call = call;
    this.caller = caller;
    this.settings = settings;
    this.declared =
        call.request() instanceof ChatRequest ? Declared.INFERENCE_SPAN : Declared.EMBEDDINGS_SPAN;
    this.span = Span.fromContext(context);
    this.context = context;
    boolean hasDetails =
        call.request() instanceof ChatRequest && settings.content().mode().isOnEvents();
    this.details = hasDetails ? identity.toBuilder() : null;
  }

  /** A span has one parent; the other traces that led to it are linked. */
  private static void link(SpanBuilder builder, List<SpanContext> joined, Context parent) {
    if (joined.isEmpty()) {
      return; // Most calls: they need no set.
    }
    Set<String> linked = new HashSet<>();
    linked.add(Span.fromContext(parent).getSpanContext().getTraceId());
    joined.stream()
        .filter(span -> linked.add(span.getTraceId()))
        .limit(MAX_LINKS)
        .forEach(builder::addLink);
  }

  /** The context of the call: what its child spans, metric points and log records refer to. */
  Context context() {
    return context;
  }

  /**
   * Describes the call.
   *
   * <p>How it ended comes before what describes it: where the number of attributes is limited, an
   * SDK drops the late ones.
   *
   * @param secondsToFirstChunk null if there was none, or the answer was no stream
   */
  void describe(CallEnding ending, @Nullable Double secondsToFirstChunk) {
    if (span.isRecording() || details != null) {
      describeEnding(ending);
      describe(call, caller);
      set(GenAiAttributes.RESPONSE_TIME_TO_FIRST_CHUNK, secondsToFirstChunk);
      describe(ending.response());
    }
  }

  /** The span's attributes, for the details event; null if there is no such event. */
  @Nullable Attributes details() {
    return details == null ? null : details.build();
  }

  void end(long endEpochNanos) {
    span.end(endEpochNanos, TimeUnit.NANOSECONDS);
  }

  private void describe(Call call, Caller caller) {
    boolean streamed = call.delivery() == Delivery.STREAMED;
    set(GenAiAttributes.REQUEST_STREAM, streamed ? true : null);
    set(GenAiAttributes.IS_STREAMING, streamed);
    set(GenAiAttributes.PROMPT_NAME, call.stageName());
    set(GenAiAttributes.PROMPT_VERSION, call.promptVersion());
    set(GenAiAttributes.CAMEL_ROUTE_ID, caller.routeId());
    set(GenAiAttributes.CAMEL_NODE_ID, caller.nodeId());
    set(GenAiAttributes.CAMEL_STEP_ID, caller.stepId());
    set(GenAiAttributes.CAMEL_EXCHANGE_ID, caller.exchangeId());
    set(GenAiAttributes.CAMEL_REDELIVERY_COUNTER, toLong(caller.redelivery()));
    set(GenAiAttributes.CAMEL_BREADCRUMB_ID, cut(caller.breadcrumbId()));
    set(GenAiAttributes.CONVERSATION_ID, cut(caller.conversationId()));
    set(
        GenAiAttributes.END_USER_ID,
        caller.userId() == null ? null : settings.userIds().hide(caller.userId()));
    String purpose = has(GenAiAttributes.REQUEST_PURPOSE) ? purpose(call, caller) : null;
    set(GenAiAttributes.REQUEST_PURPOSE, purpose);
    if (call.request() instanceof ChatRequest chat) {
      if (settings.fingerprint() && purpose != null) {
        set(GenAiAttributes.CONVERSATION_FINGERPRINT, Fingerprint.of(purpose, chat.messages()));
      }
      describe(chat, call.provider().protocol());
    } else if (call.request() instanceof EmbeddingsRequest embeddings) {
      describe(embeddings);
    }
  }

  private static @Nullable String purpose(Call call, Caller caller) {
    if (caller.purpose() != null) {
      return cut(caller.purpose());
    }
    return call.request() instanceof ChatRequest chat ? Purpose.of(chat.messages()) : null;
  }

  private void describe(EmbeddingsRequest request) {
    set(GenAiAttributes.EMBEDDINGS_DIMENSION_COUNT, toLong(request.dimensions()));
    if (request.extras().get("encoding_format") instanceof String format) {
      set(GenAiAttributes.REQUEST_ENCODING_FORMATS, List.of(format));
    }
  }

  private void describe(ChatRequest request, Protocol protocol) {
    set(GenAiAttributes.OUTPUT_TYPE, outputType(request, protocol));
    Sampling sampling = request.sampling();
    set(GenAiAttributes.REQUEST_MAX_TOKENS, toLong(sampling.maxTokens()));
    set(GenAiAttributes.REQUEST_TEMPERATURE, sampling.temperature());
    set(GenAiAttributes.REQUEST_TOP_P, sampling.topP());
    set(GenAiAttributes.REQUEST_TOP_K, toLong(sampling.topK()));
    set(GenAiAttributes.REQUEST_STOP_SEQUENCES, emptyToNull(sampling.stop()));
    set(GenAiAttributes.REQUEST_SEED, sampling.seed());
    set(GenAiAttributes.REQUEST_FREQUENCY_PENALTY, sampling.frequencyPenalty());
    set(GenAiAttributes.REQUEST_PRESENCE_PENALTY, sampling.presencePenalty());
    set(GenAiAttributes.REQUEST_REASONING_LEVEL, sampling.reasoningEffort());
    Integer choiceCount = sampling.choiceCount();
    if (choiceCount != null && choiceCount != 1) {
      set(GenAiAttributes.REQUEST_CHOICE_COUNT, toLong(choiceCount));
    }
  }

  /** Null if the request names no format, in general words or in Ollama's own. */
  private static @Nullable String outputType(ChatRequest request, Protocol protocol) {
    ResponseFormat format = request.responseFormat();
    if (format != null) {
      return format instanceof ResponseFormat.Text ? "text" : "json";
    }
    return protocol == Protocol.OLLAMA && request.extras().containsKey("format") ? "json" : null;
  }

  /** What callers name themselves by is short; anything longer is no name. */
  private static @Nullable String cut(@Nullable String name) {
    return name == null || name.length() <= MAX_NAME_LENGTH
        ? name
        : name.substring(0, MAX_NAME_LENGTH);
  }

  private void describe(@Nullable ModelResponse response) {
    if (response == null) {
      return;
    }
    if (response instanceof ChatResponse chat) {
      set(GenAiAttributes.RESPONSE_ID, chat.id());
      set(GenAiAttributes.RESPONSE_FINISH_REASONS, emptyToNull(finishReasons(chat)));
    } else if (response instanceof EmbeddingsResponse embeddings) {
      embeddings.vectors().stream()
          .findFirst()
          .ifPresent(v -> set(GenAiAttributes.EMBEDDINGS_DIMENSION_COUNT, (long) v.length));
    }
    set(GenAiAttributes.RESPONSE_MODEL, response.model());
    Usage usage = response.usage();
    set(GenAiAttributes.USAGE_INPUT_TOKENS, usage.inputTokens());
    set(GenAiAttributes.USAGE_OUTPUT_TOKENS, usage.outputTokens());
    set(GenAiAttributes.USAGE_CACHE_READ_INPUT_TOKENS, usage.cachedInputTokens());
    set(GenAiAttributes.USAGE_CACHE_CREATION_INPUT_TOKENS, usage.cacheWriteInputTokens());
    set(GenAiAttributes.USAGE_REASONING_OUTPUT_TOKENS, usage.reasoningTokens());
    Cost cost = call.cost(response);
    if (cost != null) {
      set(GenAiAttributes.COST_AMOUNT, cost.amount().doubleValue());
      set(GenAiAttributes.COST_CURRENCY, cost.currency().getCurrencyCode());
    }
  }

  private void describeEnding(CallEnding ending) {
    set(GenAiAttributes.ERROR_TYPE, ending.errorType());
    set(GenAiAttributes.OUTCOME, ending.outcome().word());
    set(GenAiAttributes.ERROR_CODE, ending.errorCode());
    if (ending.errorType() != null) {
      span.setStatus(StatusCode.ERROR, Objects.requireNonNullElse(ending.errorMessage(), ""));
    }
  }

  private boolean has(AttributeKey<?> key) {
    return settings.profile().has(declared, key);
  }

  private <T> void set(AttributeKey<T> key, @Nullable T value) {
    if (value != null && has(key)) {
      span.setAttribute(key, value);
      if (details != null) {
        details.put(key, value);
      }
    }
  }

  private static List<String> finishReasons(ChatResponse response) {
    List<String> reasons = new ArrayList<>(response.choices().size());
    for (ChatResponse.Choice choice : response.choices()) {
      FinishReason reason = choice.finishReason();
      if (reason != null) {
        reasons.add(reason.raw());
      }
    }
    return reasons;
  }

  private static @Nullable List<String> emptyToNull(List<String> values) {
    return values.isEmpty() ? null : values;
  }

  private static @Nullable Long toLong(@Nullable Integer value) {
    return value == null ? null : value.longValue();
  }
}
