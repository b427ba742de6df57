/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import io.github.llmcamel.examples.gateway.api.OpenAiError;
import io.github.llmcamel.examples.gateway.status.Rejection;
import org.jspecify.annotations.Nullable;

/** What the errors of the gateway itself are called, to clients and in its counts. */
final class Rejections {

  static final String NOT_LOCAL = "not_local";
  static final String QUEUE_FULL = "queue_full";
  static final String QUEUE_TIMEOUT = "queue_timeout";

  private Rejections() {}

  /** How an error is counted; null if it is not. */
  static @Nullable Rejection of(OpenAiError error) {
    return switch (String.valueOf(error.code())) {
      case OpenAiError.INVALID_KEY, NOT_LOCAL -> Rejection.AUTHENTICATION;
      case OpenAiError.RATE_LIMIT -> Rejection.RATE_LIMIT;
      case OpenAiError.TOO_LARGE -> Rejection.BODY_SIZE;
      case QUEUE_FULL -> Rejection.QUEUE_FULL;
      case QUEUE_TIMEOUT -> Rejection.QUEUE_TIMEOUT;
      default -> null;
    };
  }
}
