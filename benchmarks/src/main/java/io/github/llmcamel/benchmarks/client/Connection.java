/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connection that carries one request at a time. */
public final class Connection {

  private final SocketChannel channel;
  private @Nullable Reply reply;
  Runnable onEnd = () -> {};

  Connection(SocketChannel channel) {
    this.channel = channel;
  }

  /** Sends a request; what comes next is its answer. */
  public Reply send(byte[] request) {
    Reply sent = new Reply(System.nanoTime());
    reply = sent;
    ByteBuffer bytes = ByteBuffer.wrap(request);
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sent;
  }

  /** The answer to the last request. */
  public Reply reply() {
    return Objects.requireNonNull(reply, "send a request first");
  }

  /** Closes the connection, as a client does that has gone. */
  public void close() throws IOException {
    channel.close();
  }

  /** Whether an answer has not ended. */
  boolean isBusy() {
    return reply != null && !reply.hasEnded();
  }

  void read(ByteBuffer buffer) {
    int count = readInto(buffer.clear());
    Reply current = reply;
    if (current == null || current.hasEnded()) {
      return;
    }
    if (count < 0) {
      current.connectionEnded();
    } else {
      current.received(buffer.flip(), System.nanoTime());
    }
    if (current.hasEnded()) {
      onEnd.run();
    }
  }

  /** Negative if the connection has ended, in whatever way. */
  private int readInto(ByteBuffer buffer) {
    try {
      int count = channel.read(buffer);
      if (count < 0) {
        channel.close();
      }
      return count;
    } catch (IOException broken) {
      try {
        channel.close();
      } catch (IOException gone) {
        // Nothing is left to do.
      }
      return -1;
    }
  }
}
