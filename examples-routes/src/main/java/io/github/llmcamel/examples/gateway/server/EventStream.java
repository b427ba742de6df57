/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import io.github.llmcamel.examples.gateway.api.Failures;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A model's live answer as server-sent events: each chunk leaves when it arrives, and the next one
 * is asked for when the client has taken it. Silence is bridged by comments, an answer that fails
 * ends with an event that holds the error, one that is complete with {@code [DONE]}.
 *
 * <p>When the client is gone the subscription is cancelled, which closes the call to the provider.
 */
final class EventStream implements Flow.Subscriber<String>, ClientAnswer.Source {

  private static final byte[] DONE = bytes("data: [DONE]\n\n");
  private static final byte[] COMMENT = bytes(": keep-alive\n\n");

  /** Unescaped quotes: no text that a model writes can look like this inside a JSON string. */
  private static final String NO_CHOICES = "\"choices\":[]";

  /** How a chunk ends that has no counts. */
  private static final String NO_COUNTS = ",\"usage\":null}";

  private final ClientAnswer answer;
  private final Outcome outcome;
  private final Map<String, String> headers;
  private final boolean withUsage;
  private final ScheduledExecutorService timer;
  private final Duration keepAlive;
  private final Runnable done;
  private final AtomicBoolean demanded = new AtomicBoolean();
  private volatile Flow.@Nullable Subscription subscription;
  private volatile @Nullable Future<?> alarm;
  private volatile long lastWritten = System.nanoTime();

  /**
   * @param headers of the answer
   * @param withUsage whether the client has asked for token counts
   * @param keepAlive how long there may be silence, above zero
   * @param done is told once that the answer is over, however it ended
   */
  EventStream(
      HttpServletResponse response,
      Outcome outcome,
      Map<String, String> headers,
      boolean withUsage,
      ScheduledExecutorService timer,
      Duration keepAlive,
      Runnable done) {
    this.answer = new ClientAnswer(response, outcome, this);
    this.outcome = outcome;
    this.headers = headers;
    this.withUsage = withUsage;
    this.timer = timer;
    this.keepAlive = keepAlive;
    this.done = done;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    answer.begin(200, headers);
    watchSilence(keepAlive.toNanos());
  }

  @Override
  public void onNext(String chunk) {
    demanded.set(false);
    if (withUsage) {
      write(event(chunk));
    } else if (!chunk.contains(NO_CHOICES)) {
      write(event(withoutCounts(chunk)));
    } else {
      ready();
    }
  }

  @Override
  public void onError(Throwable failure) {
    outcome.brokeOff(failure);
    // With the name of the event, since some clients overlook an error among the chunks.
    answer.end(bytes("event: error\ndata: " + Failures.toClient(failure).json() + "\n\n"));
  }

  @Override
  public void onComplete() {
    answer.end(DONE);
  }

  @Override
  public void ready() {
    if (demanded.compareAndSet(false, true)) {
      Objects.requireNonNull(subscription, "subscription").request(1);
    }
  }

  @Override
  public void over(@Nullable Throwable failure) {
    Future<?> waiting = alarm;
    if (waiting != null) {
      waiting.cancel(false);
    }
    Objects.requireNonNull(subscription, "subscription").cancel();
    done.run();
  }

  private void write(byte[] event) {
    lastWritten = System.nanoTime();
    answer.write(event);
  }

  private void watchSilence(long nanos) {
    try {
      alarm = timer.schedule(this::breakSilence, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The gateway stops: the answer ends soon.
    }
  }

  private void breakSilence() {
    long left = keepAlive.toNanos() - (System.nanoTime() - lastWritten);
    if (left > 0) {
      watchSilence(left);
    } else if (answer.writeIfIdle(COMMENT)) {
      lastWritten = System.nanoTime();
      watchSilence(keepAlive.toNanos());
    }
  }

  private static String withoutCounts(String chunk) {
    return chunk.endsWith(NO_COUNTS)
        ? chunk.substring(0, chunk.length() - NO_COUNTS.length()) + "}"
        : chunk;
  }

  private static byte[] event(String data) {
    return bytes("data: " + data + "\n\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
