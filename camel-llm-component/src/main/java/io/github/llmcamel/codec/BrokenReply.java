/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.error.LlmStreamInterruptedException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What is thrown for an answer that reports no error and yet is none: the same in every codec. */
public final class BrokenReply {

  private static final int LONGEST_TEXT = 2_048;

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
  private static LlmProtocolException unreadable(
      ReplyHead head, String what, @Nullable String text) {
    String message =
        "%s answered %d with %s. Check that baseUrl points at the API and that the protocol fits."
            .formatted(head.provider(), head.status(), what);
    String masked = text == null ? null : head.secrets().mask(text);
    return new LlmProtocolException(message, head.failure(masked, false), null);
  }

  /** The body is empty, or blank. */
  static LlmProtocolException nothing(ReplyHead head) {
    return unreadable(head, "nothing");
  }

  /** The body begins as HTML does; its first bytes are kept. */
  static LlmProtocolException webPage(ReplyHead head, byte[] body, int length) {
    int kept = Math.min(length, LONGEST_TEXT);
    return unreadable(head, "a web page", new String(body, 0, kept, StandardCharsets.UTF_8));
  }

  static LlmProtocolException notJson(ReplyHead head) {
    return unreadable(head, "JSON that is cut off or malformed");
  }

  /** A part of the answer exceeds {@code maxBytes}. */
  static LlmProtocolException tooLarge(ReplyHead head, String what, int maxBytes) {
    String message =
        "%s answered %d with %s of more than %,d bytes, the limit."
            .formatted(head.provider(), head.status(), what, maxBytes);
    return new LlmProtocolException(message, head.failure(null, false), null);
  }

  /** The stream ended before the model had finished. */
  public static LlmStreamInterruptedException interrupted(ReplyHead head) {
    String message =
        "%s answered %d, but its stream ended before the model had finished."
            .formatted(head.provider(), head.status());
    return new LlmStreamInterruptedException(message, head.failure(null, true), null);
  }
}
