/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Sends requests over many connections to one server on this machine, and reads what comes on the
 * thread that calls {@link #run}. Confined to that thread.
 */
public final class LoadClient implements AutoCloseable {

  private static final int BUFFER = 64 * 1024;
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

  private final InetSocketAddress server;
  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

  /** A client of the server on this port. */
  public LoadClient(int port) throws IOException {
    server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /**
   * A POST as it goes over the wire.
   *
   * @param headers lines, each with its line end; empty for none
   */
  public static byte[] post(String path, String headers, String body) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n%s\r\n"
            .formatted(path, content.length, headers);
    return ByteBuffer.allocate(head.length() + content.length)
        .put(head.getBytes(StandardCharsets.ISO_8859_1))
        .put(content)
        .array();
  }

  /** Opens a connection and sends nothing. */
  public Connection connect() throws IOException {
    SocketChannel channel = SocketChannel.open(server);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    Connection connection = new Connection(channel);
    channel.register(selector, SelectionKey.OP_READ, connection);
    return connection;
  }

  /**
   * Sends one request so many times, over so many connections that are kept, and waits for all
   * answers.
   */
  public List<Reply> repeat(byte[] request, int times, int connections) throws IOException {
    List<Reply> replies = new ArrayList<>(times);
    List<Connection> open = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      Connection connection = connect();
      open.add(connection);
      replies.add(connection.send(request));
      connection.onEnd =
          () -> {
            if (replies.size() < times) {
              replies.add(connection.send(request));
            }
          };
    }
    run(() -> replies.size() >= times && open.stream().noneMatch(Connection::isBusy));
    for (Connection connection : open) {
      connection.close();
    }
    return replies;
  }

  /** Reads what comes until so much time has passed. */
  public void run(Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    run(() -> System.nanoTime() - end >= 0);
  }

  /**
   * Reads what comes until {@code done}, which is asked every millisecond at least.
   *
   * @throws IOException if nothing comes for a minute: a server that hangs is not waited for
   */
  public void run(BooleanSupplier done) throws IOException {
    long heardAt = System.nanoTime();
    while (!done.getAsBoolean()) {
      if (selector.select(this::read, 1) > 0) {
        heardAt = System.nanoTime();
      } else if (System.nanoTime() - heardAt > LONGEST_SILENCE.toNanos()) {
        long busy = selector.keys().stream().filter(LoadClient::isBusy).count();
        throw new IOException("The server hangs: %d answers have not ended.".formatted(busy));
      }
    }
  }

  private static boolean isBusy(SelectionKey key) {
    return key.attachment() instanceof Connection connection && connection.isBusy();
  }

  private void read(SelectionKey key) {
    if (key.isValid() && key.attachment() instanceof Connection connection) {
      connection.read(buffer);
    }
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
