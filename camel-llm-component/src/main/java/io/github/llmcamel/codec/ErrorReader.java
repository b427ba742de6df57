/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.error.ErrorKind;
import io.github.llmcamel.error.Failure;
import io.github.llmcamel.error.LlmAuthenticationException;
import io.github.llmcamel.error.LlmContentFilterException;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRateLimitException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.error.LlmServerException;
import io.github.llmcamel.error.LlmStreamInterruptedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Errors that providers report, in the many shapes they have, to exceptions.
 *
 * <p>Shared by all protocols: gateways answer in the shape of another provider's errors.
 */
public final class ErrorReader {

  private ErrorReader() {}

  /** Reads an answer whose status says error. Never fails: any text will do. */
  public static LlmException ofStatus(ReplyHead head, byte[] body) {
    String text = head.secrets().mask(new String(body, StandardCharsets.UTF_8));
    ErrorBody error = ErrorBody.of(text);
    ErrorKind kind = ErrorKinds.ofStatus(head.status(), error);
    ErrorBody shown = error.masked(head.texts()::mask);
    Failure failure = failure(head, shown, text, kind);
    String message = ErrorText.ofStatus(head, shown, kind, failure.retryAfter());
    return exception(family(head.status(), kind), message, failure);
  }

  /** The status decides what is thrown, so that routes can rely on it; the kind says more. */
  private static ErrorKind family(int status, ErrorKind kind) {
    if (kind == ErrorKind.CONTENT_FILTER || kind == ErrorKind.AUTHENTICATION) {
      return kind;
    }
    return switch (status) {
      case 401, 403 -> ErrorKind.AUTHENTICATION;
      case 429 -> ErrorKind.RATE_LIMIT;
      default -> status >= 500 ? ErrorKind.SERVER : ErrorKind.INVALID;
    };
  }

  /**
   * Whether a JSON object that came under a status of success reports an error. Some proxies send
   * an empty {@code error} with every good answer.
   */
  public static boolean isError(JsonNode json) {
    JsonNode error = json.path("error");
    return error.isContainerNode()
        ? !error.isEmpty()
        : Json.nonEmptyText(error) != null
            || error.booleanValue()
            || "error".equals(json.path("object").textValue())
            || "error".equals(json.path("type").textValue());
  }

  /** Reads an error that came as a whole answer under a status of success. */
  public static LlmException ofAnswer(ReplyHead head, JsonNode json) {
    String text = head.secrets().mask(json.toString());
    ErrorBody error = ErrorBody.of(text);
    ErrorKind kind = Objects.requireNonNullElse(ErrorKinds.ofBody(error), ErrorKind.SERVER);
    ErrorBody shown = error.masked(head.texts()::mask);
    Failure failure = failure(head, shown, text, kind);
    return exception(kind, ErrorText.ofAnswer(head, shown, kind), failure);
  }

  /** Reads an error that came inside a stream. */
  public static LlmException ofEvent(ReplyHead head, JsonNode json) {
    String text = head.secrets().mask(json.toString());
    ErrorBody error = ErrorBody.of(text);
    return inStream(head, text, error, ErrorKinds.ofBody(error));
  }

  /**
   * Reads an error that came inside a stream of a protocol that refuses requests before it streams:
   * what names no other kind is the server's own.
   */
  public static LlmException ofServerEvent(ReplyHead head, JsonNode json) {
    String text = head.secrets().mask(json.toString());
    ErrorBody error = ErrorBody.of(text);
    ErrorKind kind = Objects.requireNonNullElse(ErrorKinds.ofBody(error), ErrorKind.SERVER);
    return inStream(head, text, error, kind);
  }

  private static LlmException inStream(
      ReplyHead head, String text, ErrorBody error, @Nullable ErrorKind kind) {
    ErrorBody shown = error.masked(head.texts()::mask);
    Failure failure = failure(head, shown, text, kind);
    String message = ErrorText.ofEvent(head, shown);
    return kind != null && isServers(kind)
        ? new LlmServerException(message, failure, null)
        : new LlmStreamInterruptedException(message, failure, null);
  }

  private static LlmException exception(ErrorKind kind, String message, Failure failure) {
    return switch (kind) {
      case AUTHENTICATION -> new LlmAuthenticationException(message, failure, null);
      case CONTENT_FILTER -> new LlmContentFilterException(message, failure, null);
      case QUOTA, RATE_LIMIT -> new LlmRateLimitException(message, failure, null);
      case OVERLOADED, UPSTREAM, SERVER -> new LlmServerException(message, failure, null);
      case CONTEXT_LENGTH,
          NOT_FOUND,
          TOO_LARGE,
          INVALID,
          CONFIGURATION,
          CONFLICT,
          TIMEOUT,
          CANCELLED ->
          new LlmRequestException(message, failure, null);
    };
  }

  private static boolean isServers(ErrorKind kind) {
    return kind == ErrorKind.OVERLOADED || kind == ErrorKind.UPSTREAM || kind == ErrorKind.SERVER;
  }

  private static Failure failure(
      ReplyHead head, ErrorBody error, String text, @Nullable ErrorKind kind) {
    Duration retryAfter = RetryAfter.of(head, error.retryDelay());
    String requestId = head.requestId();
    return new Failure(
        head.provider(),
        head.uri(),
        head.status(),
        null,
        head.firstHeaders(),
        text,
        error.code(),
        requestId != null ? requestId : error.requestId(),
        kind == ErrorKind.QUOTA ? null : retryAfter,
        isRetryable(head, kind),
        kind,
        head.rateLimits());
  }

  private static boolean isRetryable(ReplyHead head, @Nullable ErrorKind kind) {
    String advice = head.header("x-should-retry");
    if (kind != ErrorKind.QUOTA && ("true".equals(advice) || "false".equals(advice))) {
      return Boolean.parseBoolean(advice);
    }
    return kind == null || kind.isRetryable();
  }
}
