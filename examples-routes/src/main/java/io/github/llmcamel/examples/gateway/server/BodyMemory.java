/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Request;

/** What the bodies of all requests together may take of the memory. Thread-safe. */
final class BodyMemory {

  private final AtomicLong free;

  /**
   * @param bytes above zero
   */
  BodyMemory(long bytes) {
    free = new AtomicLong(bytes);
  }

  /**
   * A share for a request; what it still has is given back when the request ends, however it ends.
   */
  Share shareOf(Request request) {
    Share share = new Share();
    request.setAttribute(Share.ATTRIBUTE, share);
    Request.addCompletionListener(request, failure -> share.end());
    return share;
  }

  /** What one request takes. */
  final class Share {

    private static final String ATTRIBUTE = Share.class.getName();

    private long taken;
    private boolean over;

    Share() {}

    /** The share of a request that {@link WholeBodies} has read. */
    static Share of(HttpServletRequest request) {
      return (Share) Objects.requireNonNull(request.getAttribute(ATTRIBUTE), "no share");
    }

    /** Takes so many bytes more; false if they are not there, or the request has ended. */
    synchronized boolean take(long bytes) {
      if (over) {
        return false;
      }
      if (free.addAndGet(-bytes) < 0) {
        free.addAndGet(bytes);
        return false;
      }
      taken += bytes;
      return true;
    }

    /** Gives back so many of the bytes it has taken, which are needed no more. */
    synchronized void giveBack(long bytes) {
      if (!over) {
        taken -= bytes;
        free.addAndGet(bytes);
      }
    }

    private synchronized void end() {
      over = true;
      free.addAndGet(taken);
      taken = 0;
    }
  }
}
