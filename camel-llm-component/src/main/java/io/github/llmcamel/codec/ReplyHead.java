/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a reply before its body.
 *
 * @param provider who was asked, for messages
 * @param uri where the call went, for messages
 * @param headers by lower-case name
 */
public record ReplyHead(String provider, URI uri, int status, Map<String, List<String>> headers) {
  public ReplyHead {
    headers = Map.copyOf(headers);
  }

  /** The first value of a header; null if it is absent. */
  public @Nullable String header(String lowerCaseName) {
    List<String> values = headers.get(lowerCaseName);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  /** The first value of each header. */
  public Map<String, String> firstHeaders() {
    Map<String, String> first = new HashMap<>();
    headers.forEach((name, values) -> first.put(name, values.isEmpty() ? "" : values.get(0)));
    return first;
  }
}
