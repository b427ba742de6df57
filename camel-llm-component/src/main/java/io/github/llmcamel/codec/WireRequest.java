/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import java.net.URI;
import java.util.Map;

/**
 * An HTTP request as a protocol wants it. The key is not in it. Prints neither headers nor body.
 *
 * @param uri where it goes, with the destination's query
 * @param headers the protocol's own, such as {@code Content-Type}
 */
public record WireRequest(String method, URI uri, Map<String, String> headers, byte[] body) {
  public WireRequest {
    headers = Map.copyOf(headers);
  }

  @Override
  public String toString() {
    return "WireRequest[%s, %d bytes]".formatted(method, body.length);
  }
}
