/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.transport.Transport.Cancellable;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** The exchange with the server behind one call. Mutable, confined to one call. */
final class Connection {

  /** How much that nobody reads may come before the connection is closed for it. */
  private static final int LONGEST_TAIL = 64 * 1024;

  private @Nullable Cancellable exchange;
  private @Nullable Subscription credit;
  private boolean over;
  private int tail;

  void sent(Cancellable handle) {
    exchange = handle;
  }

  void opened(Subscription subscription) {
    credit = subscription;
    askForMore();
  }

  /** The server, or a failure of the network, has ended it. */
  void over() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  /** Lets one more slice come. */
  void askForMore() {
    if (credit != null) {
      credit.request(1);
    }
  }

  /** Takes what nobody reads; false if it is too much to go on. */
  boolean drain(ByteBuffer slice) {
    tail += slice.remaining();
    askForMore();
    return tail <= LONGEST_TAIL;
  }

  /** Closes it, unless it is over. */
  void close() {
    if (!over && exchange != null) {
      exchange.cancel();
    }
  }
}
