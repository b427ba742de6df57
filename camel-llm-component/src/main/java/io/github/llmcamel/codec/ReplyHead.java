/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import java.net.URI;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a reply before its body.
 *
 * @param provider who was asked, for messages
 * @param uri where the call went, for messages
 * @param headers by lower-case name, secrets masked
 * @param secrets what its body may quote and an exception must not
 */
public record ReplyHead(
    String provider, URI uri, int status, Map<String, List<String>> headers, Secrets secrets) {

  private static final List<String> REQUEST_ID_HEADERS =
      List.of("x-request-id", "request-id", "apim-request-id");

  public ReplyHead {
    Map<String, List<String>> masked = new HashMap<>();
    headers.forEach(
        (name, values) -> masked.put(name, values.stream().map(secrets::mask).toList()));
    headers = Collections.unmodifiableMap(masked);
  }

  /** The first value of a header; null if it is absent. */
  public @Nullable String header(String lowerCaseName) {
    List<String> values = headers.get(lowerCaseName);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  /** The provider's id of the request; null if no header names it. */
  public @Nullable String requestId() {
    for (String name : REQUEST_ID_HEADERS) {
      if (header(name) != null) {
        return header(name);
      }
    }
    return null;
  }

  /** The first value of each header. */
  public Map<String, String> firstHeaders() {
    Map<String, String> first = new HashMap<>();
    headers.forEach((name, values) -> first.put(name, values.isEmpty() ? "" : values.get(0)));
    return first;
  }
}
