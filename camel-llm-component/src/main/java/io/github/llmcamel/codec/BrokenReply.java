/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.error.Failure;
import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.error.LlmStreamInterruptedException;
import org.jspecify.annotations.Nullable;

/** What is thrown for an answer that reports no error and yet is none: the same in every codec. */
public final class BrokenReply {

  private BrokenReply() {}

  /**
   * The answer is not what the protocol says.
   *
   * @param what completes "acme answered 200 with …", never with content of the answer
   */
  public static LlmProtocolException unreadable(ReplyHead head, String what) {
    return unreadable(head, what, null);
  }

  /**
   * The answer is not what the protocol says, and its text tells an operator why.
   *
   * @param text what was received, for {@code getResponseBody()}; null to keep none
   */
  static LlmProtocolException unreadable(ReplyHead head, String what, @Nullable String text) {
    String message =
        "%s answered %d with %s. Check that baseUrl points at the API and that the protocol fits."
            .formatted(head.provider(), head.status(), what);
    String masked = text == null ? null : head.secrets().mask(text);
    return new LlmProtocolException(message, failure(head, masked, false), null);
  }

  /** A part of the answer exceeds {@code maxBytes}. */
  static LlmProtocolException tooLarge(ReplyHead head, String what, int maxBytes) {
    String message =
        "%s answered %d with %s of more than %,d bytes, the limit."
            .formatted(head.provider(), head.status(), what, maxBytes);
    return new LlmProtocolException(message, failure(head, null, false), null);
  }

  /** The stream ended before the model had finished. */
  public static LlmStreamInterruptedException interrupted(ReplyHead head) {
    String message =
        "%s answered %d, but its stream ended before the model had finished."
            .formatted(head.provider(), head.status());
    return new LlmStreamInterruptedException(message, failure(head, null, true), null);
  }

  private static Failure failure(ReplyHead head, @Nullable String text, boolean retryable) {
    return new Failure(
        head.provider(),
        head.uri(),
        head.status(),
        null,
        head.firstHeaders(),
        text,
        null,
        head.requestId(),
        null,
        retryable,
        null,
        head.rateLimits());
  }
}
