/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.ServerSocketChannel;

/**
 * Where clients come in. It is bound before the server is built: so a port that is taken is found
 * out before anything starts, and one that the system chooses is known, and cannot be lost again.
 */
public final class ListeningSocket {

  /** Java lets only 50 wait; a client that finds no place tries again a second later. */
  private static final int WAITING_TO_CONNECT = 1_024;

  private ListeningSocket() {}

  /**
   * Opens it.
   *
   * @param port 0 for a free one
   * @throws IllegalArgumentException if nobody can listen there; says where, why, and the cure
   */
  public static ServerSocketChannel open(InetAddress address, int port) throws IOException {
    ServerSocketChannel socket = ServerSocketChannel.open();
    try {
      return socket.bind(new InetSocketAddress(address, port), WAITING_TO_CONNECT);
    } catch (SocketException e) {
      close(socket);
      throw new IllegalArgumentException(
          "The gateway cannot listen at %s, port %d: %s. Choose another --port (0 takes a free one)"
                  .formatted(address.getHostAddress(), port, e.getMessage())
              + " or --host.",
          e);
    }
  }

  /** Closes it, if the server has not. */
  public static void close(ServerSocketChannel socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
