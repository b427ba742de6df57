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
    if (!facts.replyHead().isSuccess()) {
      return ofError(facts);
    }
    String encoding = facts.replyHead().header("content-encoding");
    ReplyReader reader = operation.reader(facts, limit, events);
    if (encoding == null || encoding.isBlank() || encoding.equalsIgnoreCase("identity")) {
      return reader;
    }
    if (isGzip(encoding)) {
      return new GzippedReply(reader, facts);
    }
    throw facts.unreadableEncoding(encoding);
  }

  /** For a reply whose status says error, and with it what matters. */
  static ReplyReader ofError(FailureFacts facts) {
    ReplyHead head = facts.replyHead();
    ReplyReader reader = new ErrorReply(head);
    return isGzip(head.header("content-encoding")) ? new GzippedReply(reader, facts) : reader;
  }

  private static boolean isGzip(@Nullable String encoding) {
    return "gzip".equalsIgnoreCase(encoding) || "x-gzip".equalsIgnoreCase(encoding);
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

  /** Frees what it holds; nothing is read afterwards. */
  default void close() {}

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
