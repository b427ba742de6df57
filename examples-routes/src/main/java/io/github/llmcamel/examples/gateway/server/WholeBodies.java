/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import io.github.llmcamel.examples.gateway.api.OpenAiError;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request completely before the request is passed on, without a thread that
 * waits. One that is too long, stalls or drips, or finds no memory is refused.
 *
 * <p>Jetty's {@code EagerContentHandler} does the first half of that: it reads on after each idle
 * timeout, and a request whose answer fails never ends behind it.
 */
final class WholeBodies extends Handler.Wrapper {

  private final int maxBytes;
  private final Duration timeLimit;
  private final BodyMemory memory;

  /**
   * @param maxBytes how long a body may be
   * @param timeLimit how long a request may take, from its first byte
   */
  WholeBodies(int maxBytes, Duration timeLimit, BodyMemory memory) {
    this.maxBytes = maxBytes;
    this.timeLimit = timeLimit;
    this.memory = memory;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    new Reading(request, response, callback).run();
    return true;
  }

  private void passOn(Request request, Response response, Callback callback) {
    Handling.passOn(super::handle, request, response, callback);
  }

  /** One body while it arrives. */
  private final class Reading implements Runnable {

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final BodyMemory.Share share;
    private final Queue<ByteBuffer> pieces = new ArrayDeque<>();
    private int length;

    Reading(Request request, Response response, Callback callback) {
      this.request = request;
      this.response = response;
      this.callback = callback;
      this.share = memory.shareOf(request);
    }

    @Override
    public void run() {
      while (true) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          awaitMore();
          return;
        }
        OpenAiError refusal = take(chunk);
        if (refusal != null) {
          refuse(refusal);
          return;
        }
        if (chunk.isLast()) {
          passOn(new ReadRequest(request, pieces, share), response, callback);
          return;
        }
      }
    }

    private void awaitMore() {
      if (TimeLimit.isOver(request.getBeginNanoTime(), timeLimit)) {
        refuse(TimeLimit.passed());
      } else {
        request.demand(this);
      }
    }

    private void refuse(OpenAiError refusal) {
      pieces.clear();
      Refusal.write(request, response, callback, refusal);
    }

    /** Copies, since a buffer of Jetty's may be much larger than what has arrived in it. */
    private @Nullable OpenAiError take(Content.Chunk chunk) {
      if (Content.Chunk.isFailure(chunk)) {
        return unreadable(chunk.getFailure());
      }
      try {
        int count = chunk.remaining();
        length += count;
        if (length > maxBytes) {
          return RequestBody.tooLarge(maxBytes);
        }
        if (!share.take(count)) {
          return RequestBody.noMemory();
        }
        if (count > 0) {
          pieces.add(ByteBuffer.allocate(count).put(chunk.getByteBuffer()).flip());
        }
        return null;
      } finally {
        chunk.release();
      }
    }
  }

  private static OpenAiError unreadable(Throwable failure) {
    return failure instanceof TimeoutException
        ? TimeLimit.passed()
        : OpenAiError.invalid(
            400,
            "invalid_body",
            "The body cannot be read: it is cut off, or its chunks are wrong.");
  }

  /** The request with its body in the memory, which each piece leaves when it is read. */
  private static final class ReadRequest extends Request.Wrapper {

    private final Queue<ByteBuffer> pieces;
    private final BodyMemory.Share share;

    ReadRequest(Request request, Queue<ByteBuffer> pieces, BodyMemory.Share share) {
      super(request);
      this.pieces = pieces;
      this.share = share;
    }

    @Override
    public Content.Chunk read() {
      ByteBuffer piece = pieces.poll();
      if (piece == null) {
        return Content.Chunk.EOF;
      }
      share.giveBack(piece.remaining());
      return Content.Chunk.from(piece, pieces.isEmpty());
    }
  }
}
