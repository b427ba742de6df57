/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.examples.gateway.access.ApiKey;
import io.github.llmcamel.examples.gateway.api.RequestRefusedException;
import io.github.llmcamel.examples.gateway.status.CountedRequest;
import io.github.llmcamel.examples.gateway.telemetry.AccessLog;
import io.github.llmcamel.examples.gateway.telemetry.Ended;
import io.github.llmcamel.examples.gateway.telemetry.ServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.http.common.HttpMessage;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * One request, from the server's edge to the end of its answer: who asks, for what, and who
 * answered. Thread-safe.
 */
public final class GatewayRequest {

  private static final String ATTRIBUTE = GatewayRequest.class.getName();

  private final String id;
  private final ApiPath path;
  private final String method;
  private final String target;
  private final Caller caller;
  private final ServerRequest traced;
  private final Outcome outcome;
  private final long received = System.nanoTime();
  private final AtomicBoolean isOver = new AtomicBoolean();
  private volatile @Nullable String model;
  private volatile @Nullable String provider;
  private volatile @Nullable String answeredModel;

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
    this.outcome = new Outcome(counted);
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
    return outcome.cancelled();
  }

  Outcome outcome() {
    return outcome;
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
      outcome.clientFailed(ofServer);
    }
    Ended how = outcome.how();
    int status = outcome.isGoneUnanswered() ? 0 : sent;
    long bytes = outcome.isGoneUnanswered() ? 0 : outcome.bytes();
    traced.end(status, how == Ended.COMPLETED ? ofServer : outcome.failure(), how);
    outcome.ended(status);
    long now = System.nanoTime();
    ApiKey key = key();
    AccessLog.write(
        new AccessLog.Entry(
            method,
            target,
            status,
            Duration.ofNanos(now - received),
            bytes == 0 ? null : Duration.ofNanos(outcome.firstByteAt() - received),
            bytes,
            how,
            key == null ? null : key.id(),
            model,
            provider,
            answeredModel,
            id,
            traced.traceId()));
  }
}
