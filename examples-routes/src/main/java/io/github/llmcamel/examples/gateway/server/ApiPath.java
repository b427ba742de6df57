/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/**
 * A path that is served, or the one that stands for all that are not.
 *
 * @param template the path with a name in braces where any text may stand
 * @param kind who answers it
 * @param methods that it answers to; none where it is not served
 */
record ApiPath(String template, Kind kind, Set<String> methods) {

  private enum Kind {
    /** A route, for callers that may use it. */
    API,
    /** A page, for all: it holds nothing worth to be kept. */
    OPEN_PAGE,
    /** A page, for those who look after the gateway. */
    PRIVATE_PAGE,
    NONE
  }

  private static final ApiPath UNKNOWN = new ApiPath("", Kind.NONE, Set.of());
  private static final ApiPath MODEL = new ApiPath("/v1/models/{id}", Kind.API, Set.of("GET"));
  private static final String MODELS = "/v1/models/";

  private static final List<ApiPath> PATHS =
      List.of(
          new ApiPath("/v1/chat/completions", Kind.API, Set.of("POST")),
          new ApiPath("/v1/embeddings", Kind.API, Set.of("POST")),
          new ApiPath("/v1/models", Kind.API, Set.of("GET")),
          page("/health", Kind.OPEN_PAGE),
          page("/ready", Kind.OPEN_PAGE),
          page("/metrics", Kind.PRIVATE_PAGE),
          page("/", Kind.OPEN_PAGE),
          page("/status.css", Kind.OPEN_PAGE),
          page("/status.js", Kind.OPEN_PAGE),
          page("/status.json", Kind.PRIVATE_PAGE));

  private static ApiPath page(String path, Kind kind) {
    return new ApiPath(path, kind, Set.of("GET", "HEAD"));
  }

  /** The path that serves {@code uri}; one with detours, such as dots, is none. */
  static ApiPath of(HttpURI uri) {
    ApiPath asWritten = of(uri.getPath());
    return asWritten.isServed() && leadsTo(asWritten, RouteRequest.uri(uri)) ? asWritten : UNKNOWN;
  }

  /** Judges what the routes will see: an escaped slash may have hidden a detour. */
  private static boolean leadsTo(ApiPath path, HttpURI uri) {
    return !uri.hasViolations()
        && uri.getPath().equals(URIUtil.normalizePath(uri.getPath()))
        && path.equals(of(uri.getCanonicalPath()));
  }

  private static ApiPath of(@Nullable String path) {
    if (path == null) {
      return UNKNOWN;
    }
    for (ApiPath served : PATHS) {
      if (served.template.equals(path)) {
        return served;
      }
    }
    return path.startsWith(MODELS) && path.length() > MODELS.length() ? MODEL : UNKNOWN;
  }

  boolean isServed() {
    return kind != Kind.NONE;
  }

  boolean isPage() {
    return kind == Kind.OPEN_PAGE || kind == Kind.PRIVATE_PAGE;
  }

  /** Whether it is a page for those alone who look after the gateway. */
  boolean isPrivate() {
    return kind == Kind.PRIVATE_PAGE;
  }

  /** Whether it has a body that a model is asked with. */
  boolean asksModel() {
    return methods.contains("POST");
  }
}
