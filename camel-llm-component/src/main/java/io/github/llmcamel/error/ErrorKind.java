/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.error;

/** What an error that a provider reports means: one vocabulary for all providers. */
public enum ErrorKind {
  /** The key is missing or wrong, or may not do this. */
  AUTHENTICATION(false),
  /** A quota or the credit is used up; waiting a while does not help. */
  QUOTA(false),
  /** Too many requests or tokens for now. */
  RATE_LIMIT(true),
  /** The request was refused for its content. */
  CONTENT_FILTER(false),
  /** The prompt is longer than the model's context. */
  CONTEXT_LENGTH(false),
  /** There is no such model, deployment or path. */
  NOT_FOUND(false),
  /** The request has too many bytes. */
  TOO_LARGE(false),
  /** Something else is wrong with the request. */
  INVALID(false),
  /** The address is not the one of the API. */
  CONFIGURATION(false),
  /** The request came in the way of another one. */
  CONFLICT(true),
  /** The provider waited too long for the request. */
  TIMEOUT(true),
  /** The provider was told to stop, by somebody else. */
  CANCELLED(false),
  /** The server is too busy, or is still loading the model. */
  OVERLOADED(true),
  /** What stands behind the server failed, or did not answer. */
  UPSTREAM(true),
  /** The server failed. */
  SERVER(true);

  private final boolean retryable;

  ErrorKind(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether the same call may work later, as far as the kind alone tells. */
  public boolean isRetryable() {
    return retryable;
  }
}
