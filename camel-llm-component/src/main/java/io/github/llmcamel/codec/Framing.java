/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

/** How a protocol divides a stream into frames. */
public enum Framing {
  /** Events of {@code field: value} lines. */
  SERVER_SENT_EVENTS,
  /** JSON objects, one a line; a whole answer is a stream of one. */
  JSON_LINES;

  /**
   * A framer for the answer that begins with {@code head}.
   *
   * @param maxBytes the longest frame, also while it is unfinished
   */
  Framer newFramer(ReplyHead head, int maxBytes) {
    return switch (this) {
      case SERVER_SENT_EVENTS -> new SseFramer(head, maxBytes);
      case JSON_LINES -> new NdjsonFramer(head, maxBytes);
    };
  }

  /** Whether a stream may begin with that byte; what begins otherwise is a document. */
  boolean startsWith(byte first) {
    return switch (this) {
      case SERVER_SENT_EVENTS -> first != '{' && first != '[' && first != '<';
      case JSON_LINES -> first == '{';
    };
  }
}
