/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * An HTTP request as a protocol wants it. The key is not in it. Prints neither headers nor body.
 *
 * @param uri where it goes, with the destination's query
 * @param headers the protocol's own, such as {@code Content-Type}
 * @param dropped the parameters that were left out because the protocol does not have them
 */
public record WireRequest(
    String method, URI uri, Map<String, String> headers, byte[] body, List<String> dropped) {
  public WireRequest {
    headers = Map.copyOf(headers);
    dropped = List.copyOf(dropped);
  }

  /** A request that says everything that was asked for. */
  public WireRequest(String method, URI uri, Map<String, String> headers, byte[] body) {
    this(method, uri, headers, body, List.of());
  }

  /** A request without a body that wants JSON. */
  public static WireRequest get(URI uri) {
    return get(uri, Map.of("Accept", "application/json"));
  }

  /** A request without a body. */
  public static WireRequest get(URI uri, Map<String, String> headers) {
    return new WireRequest("GET", uri, headers, new byte[0]);
  }

  @Override
  public String toString() {
    return "WireRequest[%s, %d bytes]".formatted(method, body.length);
  }
}
