/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where a protocol's path lies under a base URL. */
public final class EndpointUri {

  private static final String VERSION = "/v1";

  private EndpointUri() {}

  /**
   * Appends {@code path} to the path of {@code base} with one slash between them, before its query.
   * A base that already ends in {@code path} stays.
   *
   * @param path begins with a slash; percent-encoded
   */
  public static URI append(URI base, String path) {
    // Not URI.resolve: it would drop a prefix such as /openai/v1.
    String prefix = prefix(base);
    return withPath(base, prefix.endsWith(path) ? prefix : prefix + path);
  }

  /**
   * Appends {@code path} to the path of {@code base} without its version {@code /v1}, if it ends in
   * that.
   *
   * @param path begins with a slash; percent-encoded
   */
  public static URI besideVersion(URI base, String path) {
    String prefix = prefix(base);
    return withPath(
        base,
        prefix.endsWith(VERSION)
            ? prefix.substring(0, prefix.length() - VERSION.length()) + path
            : prefix + path);
  }

  private static String prefix(URI base) {
    String prefix = base.getRawPath() == null ? "" : base.getRawPath();
    while (prefix.endsWith("/")) {
      prefix = prefix.substring(0, prefix.length() - 1);
    }
    return prefix;
  }

  private static URI withPath(URI base, String path) {
    String query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
    return URI.create(base.getScheme() + "://" + base.getRawAuthority() + path + query);
  }

  /** {@code uri} with one more member of its query. */
  public static URI withQuery(URI uri, String name, String value) {
    String separator = uri.getRawQuery() == null ? "?" : "&";
    return URI.create(uri + separator + name + "=" + segment(value));
  }

  /** {@code name} as one segment of a path. */
  public static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
