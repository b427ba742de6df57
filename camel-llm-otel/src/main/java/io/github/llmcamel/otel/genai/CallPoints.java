/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.ModelResponse;
import io.github.llmcamel.observe.Call;
import io.github.llmcamel.price.Cost;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * The metric points of one call. What is counted up at its start is counted down at its ending,
 * under the same attributes. Confined to one call.
 */
final class CallPoints {

  private final CallMetrics metrics;
  private final Call call;
  private final Context context;
  private final PointAttributes.OfCalls ofCall;
  private PointAttributes.OfAnswers known;

  /** Records the start. */
  CallPoints(CallMetrics metrics, Call call, Context context, PointAttributes.OfCalls ofCall) {
    this.metrics = metrics;
    this.call = call;
    this.context = context;
    this.ofCall = ofCall;
    this.known = ofCall.unanswered;
    metrics.requests.add(1, ofCall.modelAndStream, context);
    metrics.active.add(1, ofCall.model, context);
    if (call.request() instanceof ChatRequest chat) {
      metrics.messages.record(chat.messages().size(), known.all, context);
    }
  }

  /**
   * The provider names the model that answers.
   *
   * @param name null if it does not
   */
  void answeredBy(@Nullable String name) {
    if (name != null && known == ofCall.unanswered) {
      known = ofCall.answeredBy(name);
    }
  }

  /** The first content came, so long after the request was sent. */
  void firstChunk(double seconds) {
    metrics.timeToFirstChunk.record(seconds, known.all, context);
  }

  /** More content came, so long after the content before it. */
  void nextChunk(double seconds) {
    metrics.timePerOutputChunk.record(seconds, known.all, context);
  }

  /** The call ended, after so many seconds. */
  void ended(CallEnding ending, double seconds, AnswerProgress progress) {
    ModelResponse response = ending.response();
    if (response != null) {
      answeredBy(response.model());
      record(response.usage().inputTokens(), known.input);
      record(response.usage().outputTokens(), known.output);
      record(call.cost(response));
    }
    if (response instanceof ChatResponse chat && ending.outcome() == Outcome.COMPLETED) {
      pace(TokenPace.of(chat, progress, seconds));
    }
    if (progress.chunks() > 0) {
      metrics.chunks.add(progress.chunks(), ofCall.model, context);
    }
    if (ending.errorType() != null) {
      metrics.errors.add(1, known.failed(ending.errorType()), context);
    }
    metrics.duration.record(seconds, known.ended(ending), context);
    metrics.active.add(-1, ofCall.model, context);
  }

  private void record(@Nullable Long tokens, Attributes attributes) {
    if (tokens != null) {
      metrics.tokens.record(tokens, attributes, context);
    }
  }

  private void record(@Nullable Cost cost) {
    if (cost != null) {
      metrics.cost.add(cost.amount().doubleValue(), known.paidIn(cost.currency()), context);
    }
  }

  private void pace(TokenPace pace) {
    record(metrics.timeToFirstToken, pace.toFirstToken());
    record(metrics.timePerOutputToken, pace.perOutputToken());
    if (pace.tokensPerSecond() != null) {
      metrics.throughput.record(pace.tokensPerSecond(), known.all, context);
    }
  }

  private void record(DoubleHistogram histogram, TokenPace.@Nullable Time time) {
    if (time != null) {
      histogram.record(time.seconds(), known.timedBy(time.source()), context);
    }
  }
}
