/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Notices at once that a client has gone while its request is being handled, also when nothing is
 * written to it.
 *
 * <p>Jetty reads nothing from an HTTP/1.1 connection between the end of a request and the end of
 * its response, so a client that closes goes unnoticed until a write to it fails. The watch reads
 * in that time. A client that closes only its own half of the connection and still waits for the
 * response counts as gone.
 *
 * <p>Takes no thread while it waits, and ends by itself when the last bytes of the response are
 * about to be written. Safe for use by several threads.
 */
final class ClientWatch implements Callback {

  private final HttpConnection connection;
  private final AbstractEndPoint endPoint;
  private final Runnable gone;
  private final ByteBuffer next = BufferUtil.allocate(1);
  private boolean over;

  ClientWatch(HttpConnection connection, AbstractEndPoint endPoint, Runnable gone) {
    this.connection = connection;
    this.endPoint = endPoint;
    this.gone = gone;
  }

  /**
   * Watches the client of {@code request} until its response ends.
   *
   * <p>Call it when the content has been read to its end. A request whose content is not, one with
   * the next request already behind it, and one of another protocol than HTTP/1 are not watched.
   *
   * @param gone runs at most once, on one of the server's threads or in this call, and must neither
   *     block nor throw; it may still run when the response has just ended
   */
  static void start(Request request, Runnable gone) {
    if (request.getConnectionMetaData().getConnection() instanceof HttpConnection connection
        && connection.getEndPoint() instanceof AbstractEndPoint endPoint
        && connection.getParser().isComplete()
        && connection.isRequestBufferEmpty()) {
      ClientWatch watch = new ClientWatch(connection, endPoint, gone);
      request.addHttpStreamWrapper(watch::untilTheEndOf);
      // It may have left while the request waited for its turn.
      watch.succeeded();
    }
  }

  /** There is something to read, or the end. */
  @Override
  public void succeeded() {
    if (!isThere()) {
      gone.run();
    }
  }

  /** The connection was closed on this side, or the watch withdrew. */
  @Override
  public void failed(@Nullable Throwable closed) {
    // An end point may fail while this very thread begins to wait; isThere() tells then.
    if (end() && !Thread.holdsLock(this)) {
      gone.run();
    }
  }

  private synchronized boolean isThere() {
    if (over) {
      return true;
    }
    int read = read();
    if (read == 0) {
      endPoint.tryFillInterested(this);
    } else {
      over = read < 0;
    }
    return !over;
  }

  /** Reads one byte only: that is all the watch has to give back. */
  private int read() {
    try {
      return endPoint.fill(next);
    } catch (IOException broken) {
      return -1;
    }
  }

  private synchronized boolean end() {
    boolean first = !over;
    over = true;
    return first;
  }

  /** From now on the connection reads again: nothing of the watch may be left in its way. */
  private void stop() {
    if (end()) {
      withdraw();
      if (next.hasRemaining()) {
        connection.onUpgradeTo(next);
      }
    }
  }

  /**
   * Under TLS the interest of the socket goes first: TLS would take one that is left for its own.
   */
  private void withdraw() {
    ClosedChannelException withdrawn = new ClosedChannelException();
    if (endPoint instanceof EndPoint.Wrapper tls
        && tls.unwrap() instanceof AbstractEndPoint socket) {
      socket.getFillInterest().onFail(withdrawn);
    }
    endPoint.getFillInterest().onFail(withdrawn);
  }

  private HttpStream untilTheEndOf(HttpStream response) {
    return new HttpStream.Wrapper(response) {
      @Override
      public void send(
          MetaData.Request request,
          MetaData.@Nullable Response head,
          boolean last,
          @Nullable ByteBuffer content,
          Callback callback) {
        if (last) {
          stop();
        }
        super.send(request, head, last, content, callback);
      }

      @Override
      public void succeeded() {
        stop();
        super.succeeded();
      }

      @Override
      public void failed(Throwable failure) {
        stop();
        super.failed(failure);
      }
    };
  }
}
