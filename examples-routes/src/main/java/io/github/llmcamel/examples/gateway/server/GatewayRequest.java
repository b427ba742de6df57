/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import io.github.llmcamel.examples.gateway.access.ApiKey;
import io.github.llmcamel.examples.gateway.api.RequestRefusedException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.http.common.HttpMessage;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * One request, from the server's edge to the end of its answer: who asks, and what became of it.
 * Thread-safe.
 */
public final class GatewayRequest {

  /** How a request ended. */
  public enum Ending {
    COMPLETED,
    /** It was answered with an error by the gateway itself. */
    REJECTED,
    CLIENT_GONE,
    SLOW_CLIENT,
    SHUTDOWN
  }

  private static final String ATTRIBUTE = GatewayRequest.class.getName();

  private final String id;
  private final ApiPath path;
  private final long received = System.nanoTime();
  private final AtomicLong bytes = new AtomicLong();
  private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
  private volatile @Nullable ApiKey key;
  private volatile @Nullable String model;
  private volatile @Nullable String answeredBy;
  private volatile long firstByte;
  private volatile @Nullable Ending ending;

  GatewayRequest(String id, ApiPath path) {
    this.id = id;
    this.path = path;
  }

  /** The request that the exchange came with. */
  public static GatewayRequest of(Exchange exchange) {
    HttpMessage message = exchange.getIn(HttpMessage.class);
    Object found = message == null ? null : message.getRequest().getAttribute(ATTRIBUTE);
    return (GatewayRequest) Objects.requireNonNull(found, "no request of the gateway");
  }

  /**
   * The body that the exchange came with, as text.
   *
   * @param maxBytes how long it may be, also after inflation
   * @throws RequestRefusedException if it cannot be read
   */
  public static String body(Exchange exchange, int maxBytes) throws RequestRefusedException {
    return RequestBody.read(exchange.getIn(HttpMessage.class).getRequest(), maxBytes);
  }

  static @Nullable GatewayRequest of(Request request) {
    return (GatewayRequest) request.getAttribute(ATTRIBUTE);
  }

  void attachTo(Request request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** What the caller may quote to whoever runs the gateway. */
  public String id() {
    return id;
  }

  ApiPath path() {
    return path;
  }

  /** Who asks; null where no keys are configured, or before it is known. */
  public @Nullable ApiKey key() {
    return key;
  }

  void authenticated(ApiKey by) {
    key = by;
  }

  /** The model that the client names; null before it is known. */
  public @Nullable String model() {
    return model;
  }

  /** Tells the model that the client names. */
  public void asksFor(String name) {
    model = name;
  }

  /** Who answered, as provider and model with a slash between them; null if nobody. */
  public @Nullable String answeredBy() {
    return answeredBy;
  }

  void answeredBy(String who) {
    answeredBy = who;
  }

  /** Completes when nobody waits for the answer any more. */
  public CompletionStage<Void> cancelled() {
    return cancelled;
  }

  /** Ends the calls that are made for the request. The first reason counts. */
  void cancel(Ending why) {
    if (ending == null) {
      ending = why;
    }
    cancelled.complete(null);
  }

  /** The client did not get its answer. */
  void clientFailed(Throwable failure) {
    cancel(failure instanceof TimeoutException ? Ending.SLOW_CLIENT : Ending.CLIENT_GONE);
  }

  /** The gateway refuses it. */
  void rejected() {
    if (ending == null) {
      ending = Ending.REJECTED;
    }
  }

  void sent(int count) {
    if (bytes.getAndAdd(count) == 0) {
      firstByte = System.nanoTime();
    }
  }

  /** Bytes of the answer's body that have been written. */
  public long bytes() {
    return bytes.get();
  }

  /** From the request to the first byte of the answer's body; null if there was none. */
  public @Nullable Duration timeToFirstByte() {
    return bytes() == 0 ? null : Duration.ofNanos(firstByte - received);
  }

  /** Since the request came. */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - received);
  }

  /** How it ended, as far as is known. */
  public Ending ending() {
    Ending known = ending;
    return known == null ? Ending.COMPLETED : known;
  }
}
