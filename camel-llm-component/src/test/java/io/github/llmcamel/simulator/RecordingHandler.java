/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.llmcamel.transport.ReplyHandler;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Writes down everything a reply says. */
final class RecordingHandler implements ReplyHandler, Flow.Subscriber<ByteBuffer> {

  final List<String> buffers = new CopyOnWriteArrayList<>();
  final List<Throwable> failures = new CopyOnWriteArrayList<>();
  final AtomicInteger ends = new AtomicInteger();
  final AtomicInteger overlaps = new AtomicInteger();
  volatile int status;
  volatile Map<String, List<String>> headers = Map.of();
  volatile boolean subscribed;
  volatile boolean completed;
  volatile boolean failedBeforeHead;

  private volatile Flow.@Nullable Subscription subscription;
  private final long requested;
  private final AtomicInteger inside = new AtomicInteger();

  private RecordingHandler(long requested) {
    this.requested = requested;
  }

  static RecordingHandler greedy() {
    return new RecordingHandler(Long.MAX_VALUE);
  }

  /** Asks for nothing by itself. */
  static RecordingHandler modest() {
    return new RecordingHandler(0);
  }

  String body() {
    return String.join("", buffers);
  }

  Flow.Subscription subscription() {
    return Objects.requireNonNull(subscription);
  }

  @Override
  public Flow.Subscriber<ByteBuffer> onHead(int status, Map<String, List<String>> headers) {
    this.headers = headers;
    this.status = status;
    return this;
  }

  @Override
  public void onFailure(Throwable cause) {
    failedBeforeHead = true;
    failures.add(cause);
    ends.incrementAndGet();
  }

  @Override
  public void onSubscribe(Flow.Subscription opened) {
    subscription = opened;
    subscribed = true;
    if (requested > 0) {
      opened.request(requested);
    }
  }

  @Override
  public void onNext(ByteBuffer buffer) {
    if (inside.incrementAndGet() > 1 || ends.get() > 0) {
      overlaps.incrementAndGet();
    }
    buffers.add(UTF_8.decode(buffer).toString());
    inside.decrementAndGet();
  }

  @Override
  public void onError(Throwable cause) {
    failures.add(cause);
    ends.incrementAndGet();
  }

  @Override
  public void onComplete() {
    completed = true;
    ends.incrementAndGet();
  }
}
