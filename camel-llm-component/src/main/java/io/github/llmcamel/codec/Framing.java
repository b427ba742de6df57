/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import org.jspecify.annotations.Nullable;

/** How a protocol divides a stream into frames. */
public enum Framing {
  /** Events of {@code field: value} lines. */
  SERVER_SENT_EVENTS,
  /** JSON objects, one a line; a whole answer is a stream of one. */
  JSON_LINES,
  /** Events, or JSON objects in an array or one a line: whichever the server prefers. */
  EVENTS_OR_JSON;

  /**
   * A framer for the answer that begins with {@code head} and {@code first}; null if a document
   * begins with that byte.
   *
   * @param maxBytes the longest frame, also while it is unfinished
   */
  @Nullable Framer newFramer(ReplyHead head, byte first, int maxBytes) {
    boolean isJson = first == '{' || first == '[';
    return switch (this) {
      case SERVER_SENT_EVENTS -> isJson || first == '<' ? null : new SseFramer(head, maxBytes);
      case JSON_LINES -> first == '{' ? new NdjsonFramer(head, maxBytes) : null;
      case EVENTS_OR_JSON ->
          isJson
              ? new NdjsonFramer(head, maxBytes)
              : SERVER_SENT_EVENTS.newFramer(head, first, maxBytes);
    };
  }
}
