/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.server.Request;

/** Whether a request comes from this machine itself. */
final class Loopback {

  /** What proxies add; one that adds none of it cannot be told from a caller. */
  private static final Set<String> OF_PROXIES =
      Set.of(
          "forwarded",
          "via",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-proto",
          "x-real-ip");

  private Loopback() {}

  /**
   * Whether it does, and is meant for it: a page whose name somebody else resolves to this machine
   * does not count, nor does what a proxy on this machine passes on.
   */
  static boolean isTrusted(Request request) {
    boolean isLocal =
        request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress remote
            && remote.getAddress() != null
            && remote.getAddress().isLoopbackAddress();
    return isLocal
        && OF_PROXIES.stream().noneMatch(request.getHeaders()::contains)
        && isLocalName(String.valueOf(Request.getServerName(request)));
  }

  private static boolean isLocalName(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("[::1]")
        || name.equals("::1")
        || name.matches("127(\\.\\d{1,3}){3}");
  }
}
