/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.ModelResponse;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.observe.Call;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * The metric points of one call. What is counted up at its start is counted down at its ending,
 * under the same attributes. Confined to one call.
 */
final class CallPoints {

  private final CallMetrics metrics;
  private final Context context;
  private final Attributes model;
  private Attributes known;
  private boolean answererKnown;

  /** Records the start. */
  CallPoints(CallMetrics metrics, Call call, Context context, Attributes identity) {
    this.metrics = metrics;
    this.context = context;
    String asked = call.request().model();
    String folded = asked == null ? null : metrics.requestModels.fold(asked);
    model = folded == null ? Attributes.empty() : Attributes.of(GenAiAttributes.MODEL, folded);
    known =
        folded == null || folded.equals(asked)
            ? identity
            : with(identity, GenAiAttributes.REQUEST_MODEL, folded);
    boolean streamed = call.delivery() == Delivery.STREAMED;
    metrics.requests.add(1, with(model, GenAiAttributes.STREAM, streamed), context);
    metrics.active.add(1, model, context);
    if (call.request() instanceof ChatRequest chat) {
      metrics.messages.record(chat.messages().size(), known, context);
    }
  }

  /**
   * The provider names the model that answers.
   *
   * @param name null if it does not
   */
  void answeredBy(@Nullable String name) {
    if (name != null && !answererKnown) {
      answererKnown = true;
      known = with(known, GenAiAttributes.RESPONSE_MODEL, metrics.responseModels.fold(name));
    }
  }

  /** The first content came, so long after the request was sent. */
  void firstChunk(double seconds) {
    metrics.timeToFirstChunk.record(seconds, known, context);
  }

  /** More content came, so long after the content before it. */
  void nextChunk(double seconds) {
    metrics.timePerOutputChunk.record(seconds, known, context);
  }

  /** The call ended, after so many seconds. */
  void ended(CallEnding ending, double seconds, AnswerProgress progress) {
    ModelResponse response = ending.response();
    if (response != null) {
      answeredBy(response.model());
      tokens(response.usage());
    }
    if (response instanceof ChatResponse chat && ending.outcome() == Outcome.COMPLETED) {
      pace(TokenPace.of(chat, progress, seconds));
    }
    if (progress.chunks() > 0) {
      metrics.chunks.add(progress.chunks(), model, context);
    }
    Attributes asEnded = known;
    if (ending.errorType() != null) {
      asEnded = with(known, GenAiAttributes.ERROR_TYPE, ending.errorType());
      metrics.errors.add(1, asEnded, context);
    }
    metrics.duration.record(
        seconds, with(asEnded, GenAiAttributes.OUTCOME, ending.outcome().word()), context);
    metrics.active.add(-1, model, context);
  }

  private void tokens(Usage usage) {
    tokens(usage.inputTokens(), GenAiAttributes.INPUT);
    tokens(usage.outputTokens(), GenAiAttributes.OUTPUT);
  }

  private void tokens(@Nullable Long count, String type) {
    if (count != null) {
      metrics.tokens.record(count, with(known, GenAiAttributes.TOKEN_TYPE, type), context);
    }
  }

  private void pace(TokenPace pace) {
    record(metrics.timeToFirstToken, pace.toFirstToken());
    record(metrics.timePerOutputToken, pace.perOutputToken());
    if (pace.tokensPerSecond() != null) {
      metrics.throughput.record(pace.tokensPerSecond(), known, context);
    }
  }

  private void record(DoubleHistogram histogram, TokenPace.@Nullable Time time) {
    if (time != null) {
      histogram.record(
          time.seconds(),
          with(known, GenAiAttributes.TIMING_SOURCE, time.source().word()),
          context);
    }
  }

  private static <T> Attributes with(Attributes attributes, AttributeKey<T> key, T value) {
    AttributesBuilder builder = attributes.toBuilder();
    return builder.put(key, value).build();
  }
}
