/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import java.util.function.Consumer;

/** What a protocol means by the pieces of one answer. Mutable, confined to one call. */
public interface AnswerReader {

  /**
   * Reads one frame of a stream.
   *
   * @throws LlmException if it reports an error or cannot be read
   */
  void frame(Frame frame, Consumer<ChatEvent> events) throws LlmException;

  /**
   * Reads a whole answer; nothing else is read before or after it.
   *
   * @throws LlmException if it reports an error or is no answer
   */
  void whole(JsonNode answer, Consumer<ChatEvent> events) throws LlmException;

  /**
   * The stream ended in order.
   *
   * @throws LlmException if the answer is not complete
   */
  void end(Consumer<ChatEvent> events) throws LlmException;

  /** As {@link StreamDecoder#isFinished()}. */
  boolean isFinished();

  /** As {@link StreamDecoder#isTerminated()}. */
  boolean isTerminated();
}
