/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.error;

import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.RateLimits;
import java.time.Duration;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;

/**
 * A model call that failed. The subclasses say what the caller may do.
 *
 * <p>The component never repeats a call by itself: let Camel's error handler do it for failures
 * that are {@link #isRetryable() retryable}. It then waits as long as the provider asks.
 *
 * <p>{@link #getMessage()} carries the provider's own message, at most 4,096 characters of it, and
 * never the key or the prompt. {@link #getUri()} holds scheme, host, port and path, never the
 * query. The inherited {@code getStatusCode()} is 0 when there was no answer, and {@code
 * getResponseBody()} is the error body, cut at 64 KiB. Where the provider quotes the key or another
 * credential it was shown, there is {@code ***} instead, also in the headers, code and request id.
 * Where it quotes the request or the answer, there is {@code ***} in message, code and request id:
 * {@code getResponseBody()} and {@link #getPartialResponse()} keep prompts and answers, for
 * programs.
 *
 * <p>Camel matches a cause before the exception that wraps it: {@code
 * onException(SocketTimeoutException.class)} wins over {@code onException(LlmException.class)}.
 */
public abstract class LlmException extends HttpOperationFailedException {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST_MESSAGE = 4_096;

  private final String message;
  private final String provider;
  private final @Nullable String code;
  private final @Nullable String requestId;
  private final @Nullable Duration retryAfter;
  private final boolean retryable;
  private final @Nullable ErrorKind kind;
  private final RateLimits rateLimits;
  private transient @Nullable ChatResponse partialResponse;

  LlmException(String message, Failure failure, @Nullable Throwable cause) {
    super(
        failure.uri().toString(),
        failure.statusCode(),
        failure.statusText(),
        null,
        failure.headers(),
        failure.body());
    this.message =
        message.length() <= LONGEST_MESSAGE
            ? message
            : message.substring(0, LONGEST_MESSAGE - 1) + "…";
    this.provider = failure.provider();
    this.code = failure.code();
    this.requestId = failure.requestId();
    this.retryAfter = failure.retryAfter();
    this.retryable = failure.retryable();
    this.kind = failure.kind();
    this.rateLimits = failure.rateLimits();
    if (cause != null) {
      initCause(cause);
    }
  }

  @Override
  public String getMessage() {
    return message;
  }

  /** The provider's name, such as {@code groq}. */
  public String getProvider() {
    return provider;
  }

  /** The provider's own code or type, such as {@code model_not_found}; null if it sent none. */
  public @Nullable String getCode() {
    return code;
  }

  /** The provider's id of the request, to quote to its support; null if it sent none. */
  public @Nullable String getRequestId() {
    return requestId;
  }

  /** How long the provider asks to wait before the next try; null if it does not say. */
  public @Nullable Duration getRetryAfter() {
    return retryAfter;
  }

  /** Whether the same call may work later. */
  public boolean isRetryable() {
    return retryable;
  }

  /**
   * What the provider's error means, in one vocabulary for all providers; null if it is not the
   * provider that reports one, as when a connection breaks.
   */
  public @Nullable ErrorKind getKind() {
    return kind;
  }

  /** What the answer says about limits; {@link RateLimits#UNKNOWN} if nothing. */
  public RateLimits getRateLimits() {
    return rateLimits;
  }

  /**
   * What failed in one word of a closed list, for metrics: the HTTP status from 400 to 599, else
   * the name of an exception class, of this family or of the JDK; {@code _OTHER} for what neither
   * tells.
   */
  public String getErrorType() {
    return getStatusCode() < 400 ? getClass().getName() : ErrorTypes.ofStatus(getStatusCode());
  }

  /** What had been received before the failure; null if nothing had, or after serialisation. */
  public @Nullable ChatResponse getPartialResponse() {
    return partialResponse;
  }

  /**
   * Keeps what had been received. Like {@link #initCause}, for the one who throws it; the first
   * call counts.
   */
  public final void initPartialResponse(ChatResponse partial) {
    if (partialResponse == null) {
      partialResponse = partial;
    }
  }

  @Override
  public String toString() {
    return getClass().getName() + ": " + message;
  }
}
