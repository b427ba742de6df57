/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One request on its way through a server. Thread-safe. */
public final class ServerRequest {

  static final ServerRequest NONE = new ServerRequest(Span.getInvalid(), null);

  // Not enduser.id: a key is a team's or a program's, and calls have the user's in there.
  private static final AttributeKey<String> KEY = AttributeKey.stringKey("llm.gateway.key");
  // Not gen_ai.*: who counts spans of model calls by those would count each call twice.
  private static final AttributeKey<String> MODEL = AttributeKey.stringKey("llm.gateway.model");
  private static final AttributeKey<String> PROVIDER =
      AttributeKey.stringKey("llm.gateway.provider");
  private static final AttributeKey<String> ANSWERED_MODEL =
      AttributeKey.stringKey("llm.gateway.answered_model");
  private static final AttributeKey<String> ENDED = AttributeKey.stringKey("llm.gateway.ended");

  private final Span span;
  private final ServerMetrics.@Nullable Running running;
  private final AtomicBoolean isEnded = new AtomicBoolean();

  private ServerRequest(Span span, ServerMetrics.@Nullable Running running) {
    this.span = span;
    this.running = running;
  }

  /** A request with a span and metrics of its own. */
  static ServerRequest own(Span span, ServerMetrics.Running running) {
    return new ServerRequest(span, running);
  }

  /** A request whose span somebody else has made and ends, without knowing our routes. */
  static ServerRequest ofOthers(Span span, RequestFacts facts) {
    if (facts.route() != null) {
      span.updateName(HttpAttributes.spanName(facts))
          .setAttribute(HttpAttributes.ROUTE, facts.route());
    }
    return new ServerRequest(span, null);
  }

  /**
   * The header that makes spans elsewhere children of this request's; null without a trace. Put it
   * on the exchange in place of the caller's.
   */
  public @Nullable String traceparent() {
    return header("traceparent");
  }

  /** The header that goes with {@link #traceparent()}; null if the trace has none. */
  public @Nullable String tracestate() {
    return header("tracestate");
  }

  /** 32 hexadecimal digits; null without a trace. */
  public @Nullable String traceId() {
    return span.getSpanContext().isValid() ? span.getSpanContext().getTraceId() : null;
  }

  /** Tells whose key the request came with: its id, never the key. */
  public void key(String id) {
    span.setAttribute(KEY, SafeText.of(id));
  }

  /** Tells which model the client asked for. */
  public void model(String name) {
    span.setAttribute(MODEL, SafeText.of(name));
  }

  /**
   * Tells who answered.
   *
   * @param model null if the provider does not say
   */
  public void answeredBy(String provider, @Nullable String model) {
    span.setAttribute(PROVIDER, SafeText.of(provider));
    if (model != null) {
      span.setAttribute(ANSWERED_MODEL, SafeText.of(model));
    }
  }

  /**
   * Ends it. Again has no effect.
   *
   * @param status that the client got; 0 if no answer was begun
   * @param failure what went wrong on our side; null if nothing did
   */
  public void end(int status, @Nullable Throwable failure, Ended ended) {
    if (!isEnded.compareAndSet(false, true)) {
      return;
    }
    if (ended != Ended.COMPLETED) {
      span.setAttribute(ENDED, ended.word());
    }
    if (running != null) {
      end(running, status, errorType(status, failure, ended));
    }
  }

  private void end(ServerMetrics.Running measured, int status, @Nullable String errorType) {
    if (status > 0) {
      span.setAttribute(HttpAttributes.STATUS, status);
    }
    if (errorType != null) {
      // No message: it might quote what the client sent.
      span.setAttribute(HttpAttributes.ERROR_TYPE, errorType).setStatus(StatusCode.ERROR);
    }
    measured.end(Context.root().with(span), status, errorType);
    span.end();
  }

  /** Null for what the client did: to ask wrongly, or to hang up. */
  private static @Nullable String errorType(int status, @Nullable Throwable failure, Ended ended) {
    if (status >= 500) {
      return Integer.toString(status);
    }
    if (status >= 400 || ended == Ended.CLIENT_GONE) {
      return null;
    }
    if (failure != null) {
      return failure.getClass().getName();
    }
    return ended == Ended.SLOW_CLIENT || ended == Ended.SHUTDOWN ? ended.word() : null;
  }

  private @Nullable String header(String name) {
    Map<String, String> headers = new HashMap<>();
    W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), headers, Map::put);
    return headers.get(name);
  }
}
