/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import java.util.List;
import java.util.Set;

/**
 * A path that is served, or the one that stands for all that are not.
 *
 * @param template the path with a name in braces where any text may stand
 * @param methods that it answers to; none where it is not served
 */
record ApiPath(String template, Set<String> methods) {

  private static final ApiPath UNKNOWN = new ApiPath("", Set.of());
  private static final ApiPath MODEL = new ApiPath("/v1/models/{id}", Set.of("GET"));

  private static final List<ApiPath> PATHS =
      List.of(
          new ApiPath("/v1/chat/completions", Set.of("POST")),
          new ApiPath("/v1/embeddings", Set.of("POST")),
          new ApiPath("/v1/models", Set.of("GET")),
          page("/health"),
          page("/ready"),
          page("/metrics"),
          page("/status.json"),
          page("/"));

  private static ApiPath page(String path) {
    return new ApiPath(path, Set.of("GET", "HEAD"));
  }

  /** The path that serves {@code path}, as it is written in the request. */
  static ApiPath of(String path) {
    for (ApiPath served : PATHS) {
      if (served.template.equals(path)) {
        return served;
      }
    }
    return path.startsWith("/v1/models/") && path.length() > "/v1/models/".length()
        ? MODEL
        : UNKNOWN;
  }

  boolean isServed() {
    return !methods.isEmpty();
  }

  /** Whether a route answers it, for callers that may use it. */
  boolean isApi() {
    return template.startsWith("/v1/");
  }

  /** Whether it has a body that a model is asked with. */
  boolean asksModel() {
    return methods.contains("POST");
  }
}
