/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.provider.Auth;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Secret;
import java.util.Map;
import java.util.TreeMap;

/** Puts the headers of a request together: the protocol's, the key, and what the user adds. */
final class RequestHeaders {

  private RequestHeaders() {}

  /** Mutable, names in any case; the later source wins, so the user has the last word. */
  static Map<String, String> of(WireRequest request, Destination destination) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(request.headers());
    Secret key = destination.apiKey();
    Auth auth = destination.provider().auth();
    if (key != null && auth instanceof Auth.Bearer) {
      headers.put("Authorization", "Bearer " + key.value());
    } else if (key != null && auth instanceof Auth.HeaderKey own) {
      headers.put(own.header(), key.value());
    }
    headers.putAll(destination.headers());
    return headers;
  }
}
