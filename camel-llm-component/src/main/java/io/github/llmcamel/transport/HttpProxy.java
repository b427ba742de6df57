/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy: {@code https} goes through a tunnel, {@code http} is forwarded by it.
 *
 * @param credentials null for a proxy that asks for none
 * @param nonProxyHosts who is called directly: host names or addresses, in which {@code *} stands
 *     for any characters; case does not matter
 */
public record HttpProxy(
    String host, int port, @Nullable Credentials credentials, List<String> nonProxyHosts) {
  public HttpProxy {
    Objects.requireNonNull(host, "host");
    nonProxyHosts = List.copyOf(nonProxyHosts);
  }

  /** Whether calls to a host go through this proxy. */
  public boolean isFor(String target) {
    return nonProxyHosts.stream().noneMatch(pattern -> matches(pattern, target));
  }

  private static boolean matches(String pattern, String target) {
    String regex =
        Stream.of(plain(pattern).split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return plain(target).matches(regex);
  }

  /** An IPv6 address comes with brackets or without. */
  private static String plain(String host) {
    return host.toLowerCase(Locale.ROOT).replace("[", "").replace("]", "");
  }

  /** Such as {@code proxy.corp:3128}. */
  public String address() {
    return host + ":" + port;
  }

  /** Who asks the proxy. Does not print the password. */
  public record Credentials(String username, String password) {
    @Override
    public String toString() {
      return "Credentials[***]";
    }
  }
}
