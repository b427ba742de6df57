/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.server;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** One connection. Used by the server's thread alone. */
final class Peer {

  private static final int LARGEST_REQUEST = 64 * 1024;

  /** Else one client that reads fast would have the server for itself. */
  private static final int MOST_IN_A_TURN = 64 * 1024;

  private final SocketChannel channel;
  private final Scripts scripts;
  private final SelectionKey key;
  private final ByteBuffer request = ByteBuffer.allocate(LARGEST_REQUEST);
  private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
  private boolean closeWhenSent;

  private Peer(SocketChannel channel, Selector selector, Scripts scripts) throws IOException {
    this.channel = channel;
    this.scripts = scripts;
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  static void accepted(SocketChannel channel, Selector selector, Scripts scripts) {
    try {
      new Peer(channel, selector, scripts);
    } catch (IOException gone) {
      closeQuietly(channel);
    }
  }

  void ready() {
    try {
      if (key.isValid() && key.isWritable()) {
        write();
      }
      if (key.isValid() && key.isReadable()) {
        read();
      }
    } catch (IOException gone) {
      closeQuietly(channel);
    }
  }

  /** Whether the client is still there. */
  boolean isOpen() {
    return channel.isOpen();
  }

  void send(String text) {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  void send(byte[] bytes) {
    if (isOpen()) {
      unsent.add(ByteBuffer.wrap(bytes));
      if (unsent.size() > 1) {
        return; // it has its turn when the socket takes more
      }
      try {
        write();
      } catch (IOException gone) {
        closeQuietly(channel);
      }
    }
  }

  /** Ends the connection in order, after everything that was to be sent. */
  void close() {
    closeWhenSent = true;
    if (unsent.isEmpty()) {
      closeQuietly(channel);
    }
  }

  /** Breaks the connection; the client sees a reset. */
  void reset() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException gone) {
      // Then it is closed already.
    }
    closeQuietly(channel);
  }

  private void write() throws IOException {
    int written = 0;
    while (!unsent.isEmpty() && written < MOST_IN_A_TURN) {
      ByteBuffer next = unsent.element();
      int taken = channel.write(next);
      scripts.taken(taken);
      written += taken;
      if (next.hasRemaining()) {
        break;
      }
      unsent.remove();
    }
    if (!unsent.isEmpty()) {
      key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
      return;
    }
    key.interestOps(SelectionKey.OP_READ);
    if (closeWhenSent) {
      closeQuietly(channel);
    }
  }

  private void read() throws IOException {
    if (channel.read(request) < 0) {
      closeQuietly(channel);
      return;
    }
    String head = new String(request.array(), 0, request.position(), StandardCharsets.ISO_8859_1);
    int body = head.indexOf("\r\n\r\n") + 4;
    if (body >= 4 && request.position() >= body + contentLength(head)) {
      request.clear();
      String path = head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP/"));
      scripts.answer(path, head.indexOf("\"stream\":true", body) > 0, this);
    }
  }

  private static int contentLength(String head) {
    String name = "\r\ncontent-length:";
    int at = head.toLowerCase(Locale.ROOT).indexOf(name);
    return at < 0
        ? 0
        : Integer.parseInt(
            head.substring(at + name.length(), head.indexOf("\r\n", at + 2)).strip());
  }

  private static void closeQuietly(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException gone) {
      // Nothing is left to do.
    }
  }
}
