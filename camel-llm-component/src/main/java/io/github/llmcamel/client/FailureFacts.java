/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.codec.CallTexts;
import io.github.llmcamel.codec.ReasoningTags;
import io.github.llmcamel.codec.ReplyHead;
import io.github.llmcamel.codec.Secrets;
import io.github.llmcamel.error.Failure;
import io.github.llmcamel.error.LlmConnectionException;
import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.error.LlmRateLimitException;
import io.github.llmcamel.error.LlmStreamInterruptedException;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.transport.MisconfiguredConnectionException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What a failure of one call can say, as far as the call has come. */
record FailureFacts(String provider, URI uri, Secrets secrets, @Nullable ReplyHead head) {

  private static final int LONGEST_ENCODING = 40;

  static FailureFacts of(Destination destination) {
    return new FailureFacts(
        destination.provider().name(), destination.baseUrl(), Secrets.of(destination), null);
  }

  FailureFacts at(URI requestUri) {
    return new FailureFacts(provider, requestUri, secrets, head);
  }

  FailureFacts with(
      int status, Map<String, List<String>> headers, CallTexts texts, ReasoningTags reasoning) {
    String answer = Long.toHexString(ThreadLocalRandom.current().nextLong());
    ReplyHead reply =
        new ReplyHead(provider, uri, status, headers, secrets, texts, reasoning, answer);
    return new FailureFacts(provider, uri, secrets, reply);
  }

  /** The head; there is one as soon as a body is read. */
  ReplyHead replyHead() {
    return Objects.requireNonNull(head, "head");
  }

  /** A message in the voice of every other one: who was asked, and what went wrong. */
  String says(String problem) {
    return "%s at %s %s".formatted(provider, server(), problem);
  }

  /** Where the call goes, as others may see it: without query and secrets. */
  URI shownUri() {
    return URI.create(secrets.mask(failure(false).uri().toString()));
  }

  /** Host and port; the host alone where the URL's scheme has no port. */
  String server() {
    Integer port = ServerPort.of(uri);
    return port == null ? uri.getHost() : uri.getHost() + ":" + port;
  }

  Failure failure(boolean retryable) {
    return head == null
        ? Failure.withoutReply(provider, uri, retryable)
        : head.failure(null, retryable);
  }

  LlmConnectionException connectionFailure(String problem, Throwable cause) {
    String reason = cause.getMessage() != null ? cause.getMessage() : cause.getClass().getName();
    boolean retryable = !(cause instanceof MisconfiguredConnectionException);
    return new LlmConnectionException(
        says("%s: %s".formatted(problem, secrets.mask(reason))), failure(retryable), shown(cause));
  }

  LlmStreamInterruptedException interrupted(Throwable cause) {
    return new LlmStreamInterruptedException(
        says("broke off its answer; what had arrived is in getPartialResponse()."),
        failure(true),
        shown(cause));
  }

  /** Something that was sent is not handled. Shows what and where, but no message: it may quote. */
  LlmProtocolException defect(RuntimeException defect) {
    String name = defect.getClass().getName();
    Throwable place = new IllegalStateException(name);
    place.setStackTrace(defect.getStackTrace());
    return new LlmProtocolException(
        says("sent what could not be handled (%s).".formatted(name)), failure(false), place);
  }

  /** The cause, unless it quotes a secret: it can be left out, but not masked. */
  private @Nullable Throwable shown(Throwable cause) {
    StringWriter printed = new StringWriter();
    cause.printStackTrace(new PrintWriter(printed));
    return secrets.mask(printed.toString()).contentEquals(printed.getBuffer()) ? cause : null;
  }

  LlmRateLimitException queueFull(CallLimits limits) {
    String problem =
        "is not asked: as many calls run (maxConcurrentRequests=%d) and wait (maxQueuedRequests=%d) as may."
            .formatted(limits.maxConcurrentRequests(), limits.maxQueuedRequests());
    return new LlmRateLimitException(says(problem), failure(true), null);
  }

  /**
   * The body is compressed, and cannot be read.
   *
   * @param encoding as the server names it
   */
  LlmProtocolException unreadableEncoding(String encoding) {
    String named = encoding.substring(0, Math.min(encoding.length(), LONGEST_ENCODING));
    String problem =
        "answered with a Content-Encoding (%s) that cannot be read. Have the server, or the proxy before it, send its answers as they are.";
    return new LlmProtocolException(
        says(problem.formatted(secrets.mask(named))), failure(false), null);
  }

  LlmProtocolException tooLarge(long limit) {
    return new LlmProtocolException(
        says("sent more than %d bytes (maxResponseBytes).".formatted(limit)), failure(false), null);
  }
}
