/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport.http;

import org.apache.hc.client5.http.impl.DefaultClientConnectionReuseStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/**
 * Which connections are used again: those that HTTP allows, unless they carried server-sent events
 * without TLS.
 *
 * <p>llama.cpp, and what else is built on cpp-httplib, closes its connection a moment after each
 * stream, having announced that it would not. A request that falls into that moment is lost, and
 * nobody can tell whether it was read. A new connection without TLS costs one round trip.
 */
final class KeptConnections extends DefaultClientConnectionReuseStrategy {

  @Override
  public boolean keepAlive(HttpRequest request, HttpResponse response, HttpContext context) {
    return super.keepAlive(request, response, context)
        && (isSecure(context) || !isEventStream(response));
  }

  private static boolean isSecure(HttpContext context) {
    return HttpCoreContext.cast(context).getSSLSession() != null;
  }

  private static boolean isEventStream(HttpResponse response) {
    return response.containsHeader(HttpHeaders.CONTENT_TYPE)
        && ContentType.TEXT_EVENT_STREAM.isSameMimeType(
            ContentType.parseLenient(response.getFirstHeader(HttpHeaders.CONTENT_TYPE).getValue()));
  }
}
