/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.telemetry;

import io.github.llmcamel.examples.gateway.telemetry.CallerTrace.Trust;
import org.jspecify.annotations.Nullable;

/** Facts about requests. */
final class Requests {

  static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
  static final String SPAN_ID = "b7ad6b7169203331";
  static final String TRACEPARENT = "00-%s-%s-01".formatted(TRACE_ID, SPAN_ID);

  private Requests() {}

  /** A chat that belongs to no trace. */
  static RequestFacts chat() {
    return chat(new CallerTrace(null, null, Trust.TRUSTED));
  }

  static RequestFacts chat(CallerTrace caller) {
    return of("POST", "/v1/chat/completions", "/v1/chat/completions", caller);
  }

  /** A request that belongs to no trace. */
  static RequestFacts of(String method, @Nullable String route, String path) {
    return of(method, route, path, new CallerTrace(null, null, Trust.TRUSTED));
  }

  private static RequestFacts of(
      String method, @Nullable String route, String path, CallerTrace caller) {
    return new RequestFacts(
        method, route, path, "http", "gateway.test", 8080, "127.0.0.1", "curl/8.5", "1.1", caller);
  }
}
