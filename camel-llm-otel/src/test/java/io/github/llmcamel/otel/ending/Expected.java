/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.ending;

import org.jspecify.annotations.Nullable;

/**
 * What a call is to leave.
 *
 * @param errorType null where it is no error
 * @param finish the finish reason; null if none came
 * @param inputTokens null if nobody has counted them
 * @param outputTokens null if nobody has counted them
 * @param chunks how many pieces of content came of a stream
 * @param isSent whether its request got as far as the HTTP client
 */
record Expected(
    String outcome,
    @Nullable String errorType,
    @Nullable String finish,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    int chunks,
    boolean isSent) {

  static Expected completed() {
    return new Expected("completed", null, "stop", 3L, 2L, 1, true);
  }

  static Expected failed(Class<?> type) {
    return failed(type.getName());
  }

  static Expected failed(String errorType) {
    return new Expected("failed", errorType, null, null, null, 0, true);
  }

  static Expected cancelled() {
    return new Expected("cancelled", null, null, null, null, 1, true);
  }

  Expected finish(String reason) {
    return new Expected(outcome, errorType, reason, inputTokens, outputTokens, chunks, isSent);
  }

  Expected tokens(@Nullable Long input, @Nullable Long output) {
    return new Expected(outcome, errorType, finish, input, output, chunks, isSent);
  }

  Expected chunks(int count) {
    return new Expected(outcome, errorType, finish, inputTokens, outputTokens, count, isSent);
  }

  Expected neverSent() {
    return new Expected(outcome, errorType, finish, inputTokens, outputTokens, chunks, false);
  }

  boolean isError() {
    return errorType != null;
  }

  boolean isComplete() {
    return outcome.equals("completed");
  }
}
