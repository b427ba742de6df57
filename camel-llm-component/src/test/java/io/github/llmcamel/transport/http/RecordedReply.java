/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport.http;

import io.github.llmcamel.transport.ReplyHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Remembers a reply, and asks for as many pieces as the test wants. Thread-safe. */
final class RecordedReply implements ReplyHandler, Flow.Subscriber<ByteBuffer> {

  private static final int LONGEST_TEXT = 1_000;

  private final long initialDemand;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder ends = new StringBuilder();
  private Map<String, List<String>> headers = Map.of();
  private Flow.@Nullable Subscription subscription;
  private @Nullable Throwable failure;
  private int status;
  private long length;

  RecordedReply(long initialDemand) {
    this.initialDemand = initialDemand;
  }

  void request(long n) {
    Flow.Subscription current;
    synchronized (this) {
      current = Objects.requireNonNull(subscription);
    }
    current.request(n);
  }

  synchronized int status() {
    return status;
  }

  synchronized String header(String name) {
    return Objects.requireNonNull(headers.get(name)).get(0);
  }

  synchronized String text() {
    return text.toString();
  }

  synchronized long length() {
    return length;
  }

  /** Every end that was told, one after the other: there must be one at most. */
  synchronized String ends() {
    return ends.toString();
  }

  synchronized @Nullable Throwable failure() {
    return failure;
  }

  @Override
  public synchronized Flow.Subscriber<ByteBuffer> onHead(
      int code, Map<String, List<String>> received) {
    status = code;
    headers = received;
    return this;
  }

  @Override
  public synchronized void onFailure(Throwable cause) {
    failure = cause;
  }

  @Override
  public void onSubscribe(Flow.Subscription opened) {
    synchronized (this) {
      subscription = opened;
    }
    if (initialDemand > 0) {
      opened.request(initialDemand);
    }
  }

  @Override
  public synchronized void onNext(ByteBuffer slice) {
    length += slice.remaining();
    if (text.length() < LONGEST_TEXT) {
      text.append(StandardCharsets.UTF_8.decode(slice));
    }
  }

  @Override
  public synchronized void onError(Throwable cause) {
    ends.append("error ").append(cause.getClass().getSimpleName());
  }

  @Override
  public synchronized void onComplete() {
    ends.append("complete");
  }
}
