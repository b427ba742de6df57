/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Where OTLP goes. Prints neither user info nor query: they may hold a secret. */
record OtlpTarget(String url) {

  static final String HTTP = "http/protobuf";
  static final String GRPC = "grpc";

  private static final int GRPC_PORT = 4317;
  private static final List<String> DYNATRACE_DOMAINS =
      List.of(".dynatrace.com", ".dynatracelabs.com", ".dynatrace-managed.com");

  /** Where an exporter of that protocol goes unless it is told. */
  static OtlpTarget ofDefault(String protocol) {
    return new OtlpTarget(
        protocol.equals(GRPC) ? "http://localhost:4317" : "http://localhost:4318");
  }

  /** The protocol that is meant where nobody named one. */
  String likelyProtocol() {
    return uri().getPort() == GRPC_PORT ? GRPC : HTTP;
  }

  /** This, with {@code path} if it has none of its own. */
  OtlpTarget orWithPath(String path) {
    boolean isBare = !host().isEmpty() && url.matches("[^/]+//[^/?#]+/?");
    return isBare ? new OtlpTarget(url.replaceFirst("/$", "") + path) : this;
  }

  /** Whether the domain is one of Dynatrace's own. */
  boolean isDynatraceDomain() {
    String host = host();
    return DYNATRACE_DOMAINS.stream().anyMatch(host::endsWith);
  }

  /** Whether both are the same server, so that one's secrets may be shown to the other. */
  boolean isSameServer(OtlpTarget other) {
    return !host().isEmpty()
        && host().equals(other.host())
        && port() == other.port()
        && Objects.equals(scheme(), other.scheme());
  }

  @Override
  public String toString() {
    String port = uri().getPort() < 0 ? "" : ":" + uri().getPort();
    String path = Objects.requireNonNullElse(uri().getRawPath(), "");
    return host().isEmpty() ? "an unreadable URL" : scheme() + "://" + host() + port + path;
  }

  private String scheme() {
    return Objects.requireNonNullElse(uri().getScheme(), "").toLowerCase(Locale.ROOT);
  }

  private String host() {
    return Objects.requireNonNullElse(uri().getHost(), "").toLowerCase(Locale.ROOT);
  }

  private int port() {
    return uri().getPort() >= 0 ? uri().getPort() : scheme().equals("https") ? 443 : 80;
  }

  /** An unreadable URL is the exporter's to refuse; here it is nowhere. */
  private URI uri() {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      return URI.create("");
    }
  }
}
