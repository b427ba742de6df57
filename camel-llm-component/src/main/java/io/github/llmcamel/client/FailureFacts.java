/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.codec.ReplyHead;
import io.github.llmcamel.error.Failure;
import io.github.llmcamel.error.LlmConnectionException;
import io.github.llmcamel.error.LlmProtocolException;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a failure of one call can say, as far as the call has come. */
record FailureFacts(String provider, URI uri, @Nullable ReplyHead head) {

  FailureFacts at(URI requestUri) {
    return new FailureFacts(provider, requestUri, head);
  }

  FailureFacts with(ReplyHead replyHead) {
    return new FailureFacts(provider, uri, replyHead);
  }

  /** The head; there is one as soon as a body is read. */
  ReplyHead replyHead() {
    return Objects.requireNonNull(head, "head");
  }

  /** A message in the voice of every other one: who was asked, and what went wrong. */
  String says(String problem) {
    Integer port = ServerPort.of(uri);
    String server = port == null ? uri.getHost() : uri.getHost() + ":" + port;
    return "%s at %s %s".formatted(provider, server, problem);
  }

  Failure failure(boolean retryable) {
    return head == null
        ? Failure.withoutReply(provider, uri, retryable)
        : new Failure(
            provider,
            uri,
            head.status(),
            null,
            head.firstHeaders(),
            null,
            null,
            head.requestId(),
            null,
            retryable);
  }

  LlmConnectionException connectionFailure(String problem, Throwable cause) {
    String reason = cause.getMessage() != null ? cause.getMessage() : cause.getClass().getName();
    return new LlmConnectionException(
        says("%s: %s".formatted(problem, reason)), failure(true), cause);
  }

  LlmProtocolException tooLarge(long limit) {
    return new LlmProtocolException(
        says("sent more than %d bytes (maxResponseBytes).".formatted(limit)), failure(false), null);
  }
}
