/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * One HTTP request. Prints neither headers nor body.
 *
 * @param uri absolute, sent exactly as it is
 * @param headers one value each; {@code Host} and {@code Content-Length} are the transport's
 * @param body the bytes to send; empty for a request without one
 * @param connectTimeout how long the TCP and TLS set-up may take, above zero
 */
public record HttpCall(
    String method, URI uri, Map<String, String> headers, byte[] body, Duration connectTimeout) {
  public HttpCall {
    Objects.requireNonNull(method, "method");
    headers = Map.copyOf(headers);
    Objects.requireNonNull(connectTimeout, "connectTimeout");
  }

  @Override
  public String toString() {
    return "%s %s://%s".formatted(method, uri.getScheme(), uri.getAuthority());
  }
}
