/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.examples.gateway.access.ApiKey;
import io.github.llmcamel.examples.gateway.api.OpenAiError;
import io.github.llmcamel.examples.gateway.api.RequestRefusedException;
import io.github.llmcamel.examples.gateway.status.CountedRequest;
import io.github.llmcamel.examples.gateway.status.Rejection;
import io.github.llmcamel.examples.gateway.telemetry.AccessLog;
import io.github.llmcamel.examples.gateway.telemetry.Ended;
import io.github.llmcamel.examples.gateway.telemetry.ServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
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

  private static final String ATTRIBUTE = GatewayRequest.class.getName();

  private final String id;
  private final ApiPath path;
  private final String method;
  private final String target;
  private final Caller caller;
  private final ServerRequest traced;
  private final CountedRequest counted;
  private final long received = System.nanoTime();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean isOver = new AtomicBoolean();
  private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
  private volatile @Nullable String model;
  private volatile @Nullable String provider;
  private volatile @Nullable String answeredModel;
  private volatile long firstByte;
  private volatile @Nullable Ended ended;
  private volatile @Nullable Throwable failure;
  private volatile boolean goneUnanswered;

  GatewayRequest(
      String id,
      Request request,
      ApiPath path,
      Caller caller,
      ServerRequest traced,
      CountedRequest counted) {
    this.id = id;
    this.path = path;
    this.method = request.getMethod();
    this.target = path.isServed() ? path.template() : request.getHttpURI().getCanonicalPath();
    this.caller = caller;
    this.traced = traced;
    this.counted = counted;
    if (caller.key() != null) {
      traced.key(caller.key().id());
    }
  }

  /** The request that the exchange came with. */
  public static GatewayRequest of(Exchange exchange) {
    HttpMessage message = exchange.getIn(HttpMessage.class);
    Object found = message == null ? null : message.getRequest().getAttribute(ATTRIBUTE);
    return (GatewayRequest) Objects.requireNonNull(found, "no request of the gateway");
  }

  /**
   * The JSON object that the exchange came with.
   *
   * @param maxBytes how long it may be, also after inflation
   * @throws RequestRefusedException if it cannot be read, or is none
   */
  public static JsonNode body(Exchange exchange, int maxBytes) throws RequestRefusedException {
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

  Caller caller() {
    return caller;
  }

  /** Whose key it came with; null where none is configured. */
  public @Nullable ApiKey key() {
    return caller.key();
  }

  ServerRequest traced() {
    return traced;
  }

  /** Tells the model that the client names. */
  public void asksFor(String name) {
    model = name;
    traced.model(name);
  }

  void answeredBy(String who, String itsModel) {
    provider = who;
    answeredModel = itsModel;
    traced.answeredBy(who, itsModel);
  }

  /** Completes when nobody waits for the answer any more. */
  public CompletionStage<Void> cancelled() {
    return cancelled;
  }

  /** Ends the calls that are made for the request. The first reason counts. */
  void cancel(Ended why) {
    ends(why);
    cancelled.complete(null);
  }

  /** The answer broke off after it had begun. */
  void brokeOff(Throwable why) {
    ends(Ended.FAILED);
    failure = why;
  }

  /** The client did not get its answer. */
  void clientFailed(Throwable failure) {
    cancel(failure instanceof TimeoutException ? Ended.SLOW_CLIENT : Ended.CLIENT_GONE);
  }

  /** It may be worked on. */
  void admitted() {
    counted.admitted();
  }

  /** Its answer goes out piece by piece. */
  void streaming() {
    counted.streaming();
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

  void sent(int count) {
    if (bytes.getAndAdd(count) == 0) {
      firstByte = System.nanoTime();
    }
  }

  /**
   * It is over: tells telemetry and the access log. Again has no effect.
   *
   * @param sent the status of the answer; 0 if none was begun
   * @param ofServer what the server failed with: an IOException or a TimeoutException is the
   *     client's, all else ours; null if it did not fail
   */
  void end(int sent, @Nullable Throwable ofServer) {
    if (!isOver.compareAndSet(false, true)) {
      return;
    }
    if (ofServer instanceof IOException || ofServer instanceof TimeoutException) {
      // The last bytes of an answer may leave, or fail to, after its writer is done.
      clientFailed(ofServer);
    }
    // The error that answers a cancelled call goes to nobody then, and is none of ours.
    int status = goneUnanswered ? 0 : sent;
    long left = goneUnanswered ? 0 : bytes.get();
    Ended how = ended == null ? Ended.COMPLETED : ended;
    traced.end(status, how == Ended.COMPLETED ? ofServer : failure, how);
    counted.ended(status);
    long now = System.nanoTime();
    ApiKey key = key();
    AccessLog.write(
        new AccessLog.Entry(
            method,
            target,
            status,
            Duration.ofNanos(now - received),
            left == 0 ? null : Duration.ofNanos(firstByte - received),
            left,
            how,
            key == null ? null : key.id(),
            model,
            provider,
            answeredModel,
            id,
            traced.traceId()));
  }
}
