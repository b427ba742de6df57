/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.handler.CrossOriginHandler;

/** Lets pages of other origins ask, from a browser. */
final class CrossOrigin {

  private static final String ALL = "*";

  private CrossOrigin() {}

  /**
   * @param origins such as {@code https://chat.example.com}; a star is every one
   */
  static Handler handler(List<String> origins, Handler inner) {
    CrossOriginHandler handler = new CrossOriginHandler();
    handler.setAllowedOriginPatterns(
        origins.stream()
            .map(origin -> origin.equals(ALL) ? ALL : Pattern.quote(origin))
            .collect(Collectors.toSet()));
    handler.setAllowedMethods(Set.of("GET", "POST"));
    // To browsers the star does not stand for the header of keys.
    handler.setAllowedHeaders(Set.of(ALL, "Authorization"));
    handler.setExposedHeaders(
        Set.of(
            "x-request-id",
            "x-llm-provider",
            "x-llm-model",
            "x-llm-attempts",
            "Retry-After",
            "x-ratelimit-limit-requests",
            "x-ratelimit-remaining-requests",
            "x-ratelimit-reset-requests"));
    // A key is sent by the page itself; cookies mean nothing here.
    handler.setAllowCredentials(false);
    handler.setDeliverPreflightRequests(false);
    handler.setHandler(inner);
    return handler;
  }
}
