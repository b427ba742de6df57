/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.transport.HttpProxy;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the options of the proxy. They belong together: of the URI, else the component, else
 * Camel's global options {@code http.proxyHost}, {@code http.proxyPort} and {@code
 * http.nonProxyHosts}, as camel-http does.
 */
record ProxyOptions(
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String username,
    @Nullable String password,
    @Nullable String nonProxyHosts) {

  private static final int HIGHEST_PORT = 65_535;

  /**
   * The proxy of an endpoint; null if there is none.
   *
   * @param global Camel's global options by name
   * @throws IllegalArgumentException if one of the options is missing or cannot be; names it
   */
  static @Nullable HttpProxy read(
      LlmConfiguration uri, LlmConfiguration component, Function<String, @Nullable String> global) {
    return Stream.of(of(uri), of(component), of(global))
        .filter(ProxyOptions::isSet)
        .findFirst()
        .map(ProxyOptions::proxy)
        .orElse(null);
  }

  private static ProxyOptions of(LlmConfiguration options) {
    return new ProxyOptions(
        options.getProxyHost(),
        options.getProxyPort(),
        options.getProxyAuthUsername(),
        options.getProxyAuthPassword(),
        options.getNonProxyHosts());
  }

  private static ProxyOptions of(Function<String, @Nullable String> global) {
    String host = global.apply("http.proxyHost");
    String port = global.apply("http.proxyPort");
    // Camel's global options are not ours alone, so what is there without a host may be meant so.
    return host == null
        ? new ProxyOptions(null, null, null, null, null)
        : new ProxyOptions(
            host, port == null ? null : port(port), null, null, global.apply("http.nonProxyHosts"));
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The global option http.proxyPort is no number. It is a port, such as 3128.", e);
    }
  }

  private boolean isSet() {
    return Stream.of(host, port, username, password, nonProxyHosts).anyMatch(o -> o != null);
  }

  private HttpProxy proxy() {
    if (host == null || host.isBlank()) {
      throw new IllegalArgumentException(
          "An option of the proxy is set, but proxyHost is not. Set proxyHost, or remove the others.");
    }
    if (host.contains("/") || host.contains("@")) {
      // The value may hold a password, so it is not shown.
      throw new IllegalArgumentException(
          "proxyHost is not a host name. Set the name alone, and proxyPort beside it.");
    }
    if (port == null) {
      throw new IllegalArgumentException(
          "proxyHost is set without proxyPort. Set proxyPort, such as 3128.");
    }
    if (port < 1 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "proxyPort is %s; it must be from 1 to 65535.".formatted(OptionNumber.shown(port)));
    }
    return new HttpProxy(host.strip(), port, credentials(), hosts());
  }

  private HttpProxy.@Nullable Credentials credentials() {
    if (username == null && password == null) {
      return null;
    }
    if (username == null) {
      throw new IllegalArgumentException(
          "proxyAuthPassword is set without proxyAuthUsername. Set both, or none.");
    }
    if (password == null) {
      throw new IllegalArgumentException(
          "proxyAuthUsername is set without proxyAuthPassword. Set both, or none.");
    }
    return new HttpProxy.Credentials(username, password);
  }

  private List<String> hosts() {
    return nonProxyHosts == null
        ? List.of()
        : Stream.of(nonProxyHosts.split("[|,]"))
            .map(String::strip)
            .filter(host -> !host.isEmpty())
            .toList();
  }

  /** Never a password. */
  @Override
  public String toString() {
    return "ProxyOptions[%s:%s]".formatted(host, port);
  }
}
