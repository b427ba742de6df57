/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import io.github.llmcamel.examples.gateway.settings.TrustTrace;
import io.github.llmcamel.examples.gateway.telemetry.CallerTrace;
import io.github.llmcamel.examples.gateway.telemetry.RequestFacts;
import io.github.llmcamel.examples.gateway.telemetry.ServerRequest;
import io.github.llmcamel.examples.gateway.telemetry.ServerTelemetry;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Begins the telemetry of a request with what its head says. */
final class RequestSpans {

  private RequestSpans() {}

  static ServerRequest start(
      ServerTelemetry telemetry, Request request, ApiPath path, Caller caller, TrustTrace trust) {
    return telemetry.start(
        new RequestFacts(
            request.getMethod(),
            path.isServed() ? path.template() : null,
            request.getHttpURI().getCanonicalPath(),
            request.getHttpURI().getScheme() == null ? "http" : request.getHttpURI().getScheme(),
            Request.getServerName(request),
            Request.getServerPort(request),
            Request.getRemoteAddr(request),
            request.getHeaders().get(HttpHeader.USER_AGENT),
            request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_0
                ? "1.0"
                : "1.1",
            new CallerTrace(
                header(request, "traceparent"),
                header(request, "tracestate"),
                isTrusted(caller, trust)
                    ? CallerTrace.Trust.TRUSTED
                    : CallerTrace.Trust.UNTRUSTED)));
  }

  private static @Nullable String header(Request request, String name) {
    return request.getHeaders().get(name);
  }

  private static boolean isTrusted(Caller caller, TrustTrace trust) {
    return switch (trust) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTHENTICATED -> caller.isKnown();
    };
  }
}
