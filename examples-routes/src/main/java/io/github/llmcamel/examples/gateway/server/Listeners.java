/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import io.github.llmcamel.examples.gateway.settings.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** What Camel has no option for at the sockets that the server listens to. */
final class Listeners {

  /** Clients escape the slashes in names of models; the parser refuses that by default. */
  private static final UriCompliance ESCAPED_SLASHES =
      UriCompliance.DEFAULT.with("gateway", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR);

  /** At all sockets; more wait until others close. */
  private static final int MAX_CONNECTIONS = 10_000;

  private Listeners() {}

  /**
   * Configures all of them. They must not be open yet.
   *
   * @param limits hold between requests and within their heads; Camel's option tells how long a
   *     connection may be silent while one is handled
   * @param socket that the connector for its port listens at
   */
  static void configure(Server server, Limits limits, ServerSocketChannel socket) {
    if (server.getBean(NetworkConnectionLimit.class) == null) { // each endpoint comes here
      server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
    }
    for (Connector connector : server.getConnectors()) {
      if (connector instanceof ServerConnector listener) {
        listener.setIdleTimeout(limits.clientIdleTimeout().toMillis());
        time(listener, limits.receiveTimeout());
        open(listener, socket);
      }
      connector
          .getContainedBeans(HttpConfiguration.class)
          .forEach(configuration -> configuration.setUriCompliance(ESCAPED_SLASHES));
    }
  }

  private static void open(ServerConnector listener, ServerSocketChannel socket) {
    if (listener.getPort() == socket.socket().getLocalPort() && !listener.isOpen()) {
      try {
        listener.open(socket);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void time(ServerConnector listener, Duration limit) {
    HttpConnectionFactory given = listener.getConnectionFactory(HttpConnectionFactory.class);
    if (!(given instanceof TimedConnections)) {
      listener.addConnectionFactory(new TimedConnections(given.getHttpConfiguration(), limit));
    }
  }
}
