/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import io.github.llmcamel.examples.gateway.telemetry.ServerRequest;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * A request as the routes see it, with the trace it belongs to. Camel would make headers of every
 * header and parameter, so that keys would be found in messages, and a client could say what only
 * the gateway may.
 */
final class RouteRequest extends Request.Wrapper {

  private static final Set<HttpHeader> PASSED =
      EnumSet.of(
          HttpHeader.HOST,
          HttpHeader.CONTENT_TYPE,
          HttpHeader.CONTENT_LENGTH,
          HttpHeader.CONTENT_ENCODING,
          HttpHeader.TRANSFER_ENCODING);

  private final HttpFields headers;
  private final HttpURI uri;

  RouteRequest(Request request, ServerRequest traced) {
    super(request);
    HttpFields.Mutable passed = HttpFields.build();
    for (HttpField field : request.getHeaders()) {
      if (PASSED.contains(field.getHeader()) || field.is("Idempotency-Key")) {
        passed.add(field);
      }
    }
    add(passed, "traceparent", traced.traceparent());
    add(passed, "tracestate", traced.tracestate());
    headers = passed.asImmutable();
    uri = uri(request.getHttpURI());
  }

  /** Clients escape the slashes in the name of a model, which the servlet would refuse. */
  static HttpURI uri(HttpURI given) {
    String withSlashes = given.getPath().replace("%2F", "/").replace("%2f", "/");
    return HttpURI.build(given).path(withSlashes).query(null).asImmutable();
  }

  private static void add(HttpFields.Mutable headers, String name, @Nullable String value) {
    if (value != null) {
      headers.add(name, value);
    }
  }

  @Override
  public HttpFields getHeaders() {
    return headers;
  }

  @Override
  public HttpURI getHttpURI() {
    return uri;
  }
}
