/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;

/**
 * Hears of the reply to one request: either {@link #onFailure}, or {@link #onHead} and then the end
 * of the returned subscriber.
 */
public interface ReplyHandler {

  /**
   * The status line and the headers arrived.
   *
   * @param headers by lower-case name
   * @return who gets the body. What it requests is the credit of the connection: while nothing is
   *     requested, no more than a small buffer is read from the socket. A buffer is the
   *     subscriber's to keep.
   */
  Flow.Subscriber<ByteBuffer> onHead(int status, Map<String, List<String>> headers);

  /** The exchange failed before a head arrived. Nothing follows. */
  void onFailure(Throwable cause);
}
