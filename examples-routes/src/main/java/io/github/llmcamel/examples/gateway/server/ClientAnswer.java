/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one client, written without a thread that waits: what the client does not take yet
 * waits here, and {@link Source#ready()} is called when it has gone out, so that a source that
 * writes one piece at a time is slowed down to the client's pace.
 *
 * <p>Thread-safe. Ends once: completed by {@link #end}, or failed when the client is gone, does not
 * take its bytes for the connection's idle time, or the server stops.
 */
final class ClientAnswer implements WriteListener {

  /** Who writes. Called on the server's threads or the writer's own; must not block. */
  interface Source {

    /** All that was written has been taken; there may be more. */
    void ready();

    /**
     * The answer is over.
     *
     * @param failure why the client did not get all of it; null if it did
     */
    void over(@Nullable Throwable failure);
  }

  private final HttpServletResponse response;
  private final Outcome outcome;
  private final Source source;
  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private @Nullable ServletOutputStream output;
  private boolean listening;
  private boolean idle;
  private boolean unflushed;
  private boolean ending;
  private boolean over;

  ClientAnswer(HttpServletResponse response, Outcome outcome, Source source) {
    this.response = response;
    this.outcome = outcome;
    this.source = source;
  }

  /** Sends status and headers; {@link Source#ready()} follows. Once, before anything else. */
  void begin(int status, Map<String, String> headers) {
    try {
      response.setStatus(status);
      headers.forEach(response::setHeader);
      output = response.getOutputStream();
      output.setWriteListener(this);
    } catch (IOException | IllegalStateException e) {
      fail(e);
    }
  }

  /** Writes a piece, after those before it; nothing if the answer is over. */
  void write(byte[] piece) {
    pump(() -> waiting.add(piece));
  }

  /**
   * Writes a piece unless the client has still to take others: it must not fill the memory, and how
   * it fails to take them is told by {@link #onError} alone.
   *
   * @return whether the answer goes on
   */
  boolean writeIfIdle(byte[] piece) {
    synchronized (this) {
      if (!idle) {
        return !over;
      }
    }
    pump(
        () -> {
          if (!ending) {
            waiting.add(piece);
          }
        });
    synchronized (this) {
      return !over;
    }
  }

  /**
   * Writes the last piece and ends the answer; {@link Source#over} follows. In one step, so that
   * the end leaves with it: a client that goes when it has all is not gone too early.
   */
  void end(byte[] lastPiece) {
    pump(
        () -> {
          waiting.add(lastPiece);
          ending = true;
        });
  }

  @Override
  public void onWritePossible() {
    pump(() -> listening = true);
  }

  @Override
  public void onError(Throwable failure) {
    fail(failure);
  }

  private void pump(Runnable change) {
    Step next;
    try {
      synchronized (this) {
        if (over) {
          return;
        }
        change.run();
        next = listening ? write() : Step.WAIT;
        idle = next == Step.READY;
      }
    } catch (IOException | RuntimeException e) {
      // Whatever it is: nobody else would end the answer, and its client would wait for ever.
      fail(e);
      return;
    }
    switch (next) {
      case WAIT -> {}
      case READY -> source.ready();
      case OVER -> source.over(null);
    }
  }

  private enum Step {
    WAIT,
    READY,
    OVER
  }

  /** Writes as much as the client takes. Each call of the stream needs to be allowed by it. */
  private Step write() throws IOException {
    ServletOutputStream out = Objects.requireNonNull(output, "begin() comes first");
    while (out.isReady()) {
      byte[] piece = waiting.poll();
      if (piece != null) {
        out.write(piece);
        outcome.sent(piece.length);
        unflushed = true;
      } else if (ending) {
        over = true;
        return Step.OVER;
      } else if (unflushed) {
        unflushed = false;
        out.flush();
      } else {
        return Step.READY;
      }
    }
    return Step.WAIT;
  }

  private void fail(Throwable failure) {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
    }
    outcome.clientFailed(failure);
    source.over(failure);
  }
}
