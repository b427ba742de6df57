/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.codec.ChatCodec;
import io.github.llmcamel.codec.ReplyHead;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Delivery;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the body of one reply. Mutable, confined to one call. */
sealed interface ReplyReader permits ErrorReply, WholeReply, StreamedReply, GzippedReply {

  /**
   * Chooses by what the server says it sends, and by what was asked for.
   *
   * @throws LlmException if the body is compressed in a way that nobody asked for
   */
  static ReplyReader of(
      ChatCodec codec, FailureFacts facts, ChatCall call, Consumer<ChatEvent> events)
      throws LlmException {
    ReplyReader reader = ofPlain(codec, facts, call, events);
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
      ChatCodec codec, FailureFacts facts, ChatCall call, Consumer<ChatEvent> events) {
    ReplyHead head = facts.replyHead();
    long limit = call.limits().maxResponseBytes();
    if (head.status() < 200 || head.status() >= 300) {
      return new ErrorReply(codec, head);
    }
    return call.delivery() == Delivery.STREAMED
        ? new StreamedReply(codec.newDecoder(head), facts, limit, events)
        : new WholeReply(codec, facts, limit);
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
  ChatResponse end() throws LlmException;

  /**
   * The connection broke.
   *
   * @throws LlmException unless the model had finished
   */
  ChatResponse broken(Throwable cause) throws LlmException;

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
