/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.github.llmcamel.observe.Call;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The span of the HTTP request of one call, below the span of the call: from when the request is
 * handed to the client until the call ends. Confined to one call.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client-span">Its
 *     conventions</a>
 */
final class HttpSpan {

  private static final int FIRST_ERROR = 400;

  private final Span span;
  private final Context context;
  private int status;

  /**
   * Starts the span.
   *
   * @param parent the context of the call
   * @return null if the call is not recorded, or is none over HTTP
   */
  static @Nullable HttpSpan start(
      Tracer tracer, Context parent, String method, URI url, Call call, long startEpochNanos) {
    if (!Span.fromContext(parent).isRecording() || !isHttp(url)) {
      return null;
    }
    SpanBuilder builder =
        tracer
            .spanBuilder(method)
            .setParent(parent)
            .setSpanKind(SpanKind.CLIENT)
            .setStartTimestamp(startEpochNanos, TimeUnit.NANOSECONDS)
            .setAttribute(GenAiAttributes.HTTP_REQUEST_METHOD, method)
            .setAttribute(GenAiAttributes.URL_FULL, url.toString())
            .setAttribute(GenAiAttributes.SERVER_ADDRESS, call.serverAddress());
    if (call.serverPort() != null) {
      builder.setAttribute(GenAiAttributes.SERVER_PORT, call.serverPort().longValue());
    }
    return new HttpSpan(parent, builder.startSpan());
  }

  /** What is simulated has no request. */
  private static boolean isHttp(URI url) {
    return url.getScheme().toLowerCase(Locale.ROOT).startsWith("http");
  }

  private HttpSpan(Context parent, Span span) {
    this.span = span;
    this.context = parent.with(span);
  }

  /** The context of the request: what the provider is told. */
  Context context() {
    return context;
  }

  /** The answer began. */
  void answered(int answerStatus) {
    status = answerStatus;
    span.setAttribute(GenAiAttributes.HTTP_RESPONSE_STATUS_CODE, (long) answerStatus);
  }

  /** Ends the span as the call ends. What went wrong is said there, not twice. */
  void end(CallEnding ending, long endEpochNanos) {
    String error = status >= FIRST_ERROR ? String.valueOf(status) : ending.errorType();
    if (error != null) {
      span.setAttribute(GenAiAttributes.ERROR_TYPE, error);
      span.setStatus(StatusCode.ERROR);
    }
    span.end(endEpochNanos, TimeUnit.NANOSECONDS);
  }
}
