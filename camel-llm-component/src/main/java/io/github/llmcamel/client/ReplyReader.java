/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.codec.ReplyHead;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.ModelResponse;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the body of one reply. Mutable, confined to one call. */
sealed interface ReplyReader
    permits ErrorReply, WholeReply, StreamedReply, RecordedReply, GzippedReply {

  /**
   * Chooses by what the server says it sends, and by what was asked for.
   *
   * @throws LlmException if the body is compressed in a way that nobody asked for
   */
  static ReplyReader of(
      Operation operation, FailureFacts facts, long limit, Consumer<ChatEvent> events)
      throws LlmException {
    ReplyReader reader = ofPlain(operation, facts, limit, events);
    String encoding = facts.replyHead().header("content-encoding");
    if (encoding == null || encoding.isBlank() || encoding.equalsIgnoreCase("identity")) {
      return reader;
    }
    if (encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip")) {
      return new GzippedReply(reader, facts);
    }
    if (reader instanceof ErrorReply) {
      return reader; // The status says what matters.
    }
    throw facts.unreadableEncoding(encoding);
  }

  private static ReplyReader ofPlain(
      Operation operation, FailureFacts facts, long limit, Consumer<ChatEvent> events) {
    ReplyHead head = facts.replyHead();
    return head.status() < 200 || head.status() >= 300
        ? new ErrorReply(head)
        : operation.reader(facts, limit, events);
  }

  /**
   * Reads all of {@code slice}.
   *
   * @throws LlmException if the call has failed
   */
  void accept(ByteBuffer slice) throws LlmException;

  /**
   * The body ended in order.
   *
   * @throws LlmException if that is not the end of an answer
   */
  ModelResponse end() throws LlmException;

  /**
   * The connection broke.
   *
   * @throws LlmException unless the model had finished
   */
  ModelResponse broken(Throwable cause) throws LlmException;

  /** What of an answer has been received so far; null if nothing has. */
  default @Nullable ChatResponse received() {
    return null;
  }

  /** Whether the protocol's own end has been read, so that nothing is worth waiting for. */
  default boolean isTerminated() {
    return false;
  }

  /** Whether the model has finished, so that only token counts may be missing. */
  default boolean isFinished() {
    return false;
  }

  /** Whether only events show that the answer goes on: bytes may be mere keep-alives. */
  default boolean goesOnByEvents() {
    return false;
  }
}
