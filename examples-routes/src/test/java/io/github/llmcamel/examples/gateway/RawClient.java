/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;

/** A connection on which a client sends whatever it wants, right or wrong. */
final class RawClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final PushbackInputStream in;

  RawClient(URI server) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new PushbackInputStream(socket.getInputStream());
  }

  /** Sends one request and reads its answer, also if the server answers before it has all. */
  static RawReply ask(URI server, byte[]... request) throws IOException {
    try (RawClient client = new RawClient(server)) {
      try {
        for (byte[] part : request) {
          client.send(part);
        }
      } catch (IOException refused) {
        return client.reply();
      }
      return client.reply();
    }
  }

  static RawReply ask(URI server, String request) throws IOException {
    return ask(server, request.getBytes(ISO_8859_1));
  }

  void send(String text) throws IOException {
    send(text.getBytes(ISO_8859_1));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  RawReply reply() throws IOException {
    return RawReply.read(in);
  }

  /** Whether nothing arrives for so long. */
  boolean hearsNothingFor(Duration time) throws IOException {
    socket.setSoTimeout((int) time.toMillis());
    try {
      int next = in.read();
      if (next >= 0) {
        in.unread(next);
      }
      return false;
    } catch (SocketTimeoutException silence) {
      return true;
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  /** Whether the server has closed the connection; waits for it. */
  boolean isEnded() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
