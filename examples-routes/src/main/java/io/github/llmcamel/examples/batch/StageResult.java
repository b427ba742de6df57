/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.llmcamel.component.LlmConstants;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What one question cost. What is unknown is null, and left out of JSON.
 *
 * @param inputTokens as the provider counted
 * @param outputTokens as the provider counted
 * @param seconds from sending to the end of the answer
 * @param firstTokenSeconds from sending to the first token; of streamed answers only
 * @param finishReason why the answer ended, such as {@code stop}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StageResult(
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    double seconds,
    @Nullable Double firstTokenSeconds,
    @Nullable String finishReason) {

  /** What {@code stage} left on the exchange; null if it was not answered. */
  static @Nullable StageResult of(Stage stage, Exchange exchange) {
    Duration duration = header(exchange, stage, LlmConstants.DURATION, Duration.class);
    if (duration == null) {
      return null;
    }
    Duration firstToken = header(exchange, stage, LlmConstants.TIME_TO_FIRST_TOKEN, Duration.class);
    return new StageResult(
        header(exchange, stage, LlmConstants.INPUT_TOKENS, Long.class),
        header(exchange, stage, LlmConstants.OUTPUT_TOKENS, Long.class),
        seconds(duration),
        firstToken == null ? null : seconds(firstToken),
        header(exchange, stage, LlmConstants.FINISH_REASON, String.class));
  }

  /** Camel keeps the headers of an answer as variables beside it. */
  private static <T> @Nullable T header(
      Exchange exchange, Stage stage, String name, Class<T> type) {
    return exchange.getVariable("header:" + stage.variable() + "." + name, type);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
