/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.ModelResponse;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.observe.Cancellation;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The ending of a call, the same for every signal.
 *
 * @param errorType what failed, from a small set; null where the call is no error
 * @param errorCode the provider's own code of the error; null if there is none
 * @param exceptionType the class of the exception that a route sees or would see; null where the
 *     call is no error
 * @param errorMessage says what failed, without the prompt; null if there is nothing to say
 * @param response what was received, complete or not; null if nothing was
 */
record CallEnding(
    Outcome outcome,
    @Nullable String errorType,
    @Nullable String errorCode,
    @Nullable String exceptionType,
    @Nullable String errorMessage,
    @Nullable ModelResponse response) {

  /** The same with another message, or none. */
  CallEnding withErrorMessage(@Nullable String message) {
    return new CallEnding(outcome, errorType, errorCode, exceptionType, message, response);
  }

  /** What the provider counted before the call ended. */
  Usage usage() {
    return response == null ? Usage.UNKNOWN : response.usage();
  }

  static CallEnding completed(ModelResponse response) {
    return new CallEnding(Outcome.COMPLETED, null, null, null, null, response);
  }

  static CallEnding failed(LlmException failure) {
    return new CallEnding(
        Outcome.FAILED,
        failure.getErrorType(),
        failure.getCode(),
        failure.getClass().getName(),
        failure.getMessage(),
        failure.getPartialResponse());
  }

  static CallEnding cancelled(Cancellation reason, ChatResponse partial) {
    return switch (reason) {
      case CLOSED_BY_CONSUMER -> new CallEnding(Outcome.CANCELLED, null, null, null, null, partial);
      case ABANDONED ->
          new CallEnding(
              Outcome.ABANDONED,
              TimeoutException.class.getName(),
              null,
              CancellationException.class.getName(),
              "The reader of the answer had stopped taking it",
              partial);
      case STOPPED ->
          new CallEnding(
              Outcome.CANCELLED,
              CancellationException.class.getName(),
              null,
              CancellationException.class.getName(),
              "Camel stopped before the answer was complete",
              partial);
    };
  }
}
