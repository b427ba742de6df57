/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The port of a scripted server, and what has connected to it. */
final class ScriptedListener implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final ServerSocket port;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

  ScriptedListener(ServerSocket port) throws IOException {
    this.port = port;
    port.setSoTimeout(PATIENCE_MILLIS);
  }

  /** Such as {@code http://127.0.0.1:40123}. */
  String url(String scheme) {
    return scheme + "://127.0.0.1:" + port.getLocalPort();
  }

  /** Waits for the next connection. */
  Socket accept() throws IOException {
    Socket socket = port.accept();
    sockets.add(socket);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** Whether no connection waits to be accepted. */
  boolean isUnvisited() {
    try {
      port.setSoTimeout(1);
      try {
        port.accept().close();
        return false;
      } catch (SocketTimeoutException nobody) {
        return true;
      } finally {
        port.setSoTimeout(PATIENCE_MILLIS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      port.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
