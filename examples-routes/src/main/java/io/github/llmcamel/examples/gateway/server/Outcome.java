/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import io.github.llmcamel.examples.gateway.api.OpenAiError;
import io.github.llmcamel.examples.gateway.status.CountedRequest;
import io.github.llmcamel.examples.gateway.status.Rejection;
import io.github.llmcamel.examples.gateway.telemetry.Ended;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a request: how far it has come, how much of its answer has gone out, and how that
 * ended. Counts it. Thread-safe.
 */
final class Outcome {

  private final CountedRequest counted;
  private final AtomicLong bytes = new AtomicLong();
  private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
  private volatile long firstByteAt;
  private volatile @Nullable Ended ended;
  private volatile @Nullable Throwable failure;
  private volatile boolean goneUnanswered;

  Outcome(CountedRequest counted) {
    this.counted = counted;
  }

  /** It waits for its turn. */
  void queued() {
    counted.queued();
  }

  /** It may be worked on. */
  void admitted() {
    counted.admitted();
  }

  /** Its answer goes out piece by piece. */
  void streaming() {
    counted.streaming();
  }

  /** So many bytes of its answer went out. */
  void sent(int count) {
    if (bytes.getAndAdd(count) == 0) {
      firstByteAt = System.nanoTime();
    }
  }

  /** Completes when nobody waits for the answer any more. */
  CompletionStage<Void> cancelled() {
    return cancelled;
  }

  /** Ends the calls that are made for the request. The first reason counts. */
  void cancel(Ended why) {
    ends(why);
    cancelled.complete(null);
  }

  /** The client did not get its answer. */
  void clientFailed(Throwable why) {
    cancel(why instanceof TimeoutException ? Ended.SLOW_CLIENT : Ended.CLIENT_GONE);
  }

  /** The answer broke off after it had begun. */
  void brokeOff(Throwable why) {
    ends(Ended.FAILED);
    failure = why;
  }

  /** The gateway refuses it, unless the error tells of a bug of its own. */
  void rejected(OpenAiError why) {
    if (why.status() == 500) {
      return;
    }
    ends(Ended.REJECTED);
    Rejection reason = Rejections.of(why);
    if (reason != null) {
      counted.rejected(reason);
    }
  }

  /** It is over. */
  void ended(int status) {
    counted.ended(status);
  }

  /** How it ended: completed, unless something else has been told. */
  Ended how() {
    Ended how = ended;
    return how == null ? Ended.COMPLETED : how;
  }

  /** Whether the client left before the first byte: the error that answers it goes to nobody. */
  boolean isGoneUnanswered() {
    return goneUnanswered;
  }

  /** What broke the answer off; null if nothing did. */
  @Nullable Throwable failure() {
    return failure;
  }

  long bytes() {
    return bytes.get();
  }

  /** When the first byte went out, by {@link System#nanoTime}; 0 if none has. */
  long firstByteAt() {
    return firstByteAt;
  }

  private synchronized void ends(Ended how) {
    if (ended != null) {
      return;
    }
    ended = how;
    if (how == Ended.CLIENT_GONE) {
      goneUnanswered = bytes.get() == 0;
      counted.clientGone();
    } else if (how == Ended.SLOW_CLIENT) {
      counted.slowClientCut();
    }
  }
}
