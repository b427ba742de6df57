/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Bytes in any slices to events in order. Mutable, confined to one call. */
public interface StreamDecoder {

  /**
   * Reads all of {@code slice}.
   *
   * @param events gets each event as soon as its bytes are complete
   * @throws LlmException if the provider reports an error or the bytes cannot be read; nothing may
   *     be fed afterwards
   */
  void feed(ByteBuffer slice, Consumer<ChatEvent> events) throws LlmException;

  /**
   * The bytes ended in order.
   *
   * @throws LlmException if the answer is not complete
   */
  void end(Consumer<ChatEvent> events) throws LlmException;

  /**
   * The bytes broke off.
   *
   * @throws LlmException if the answer is not complete
   */
  void breakOff(Consumer<ChatEvent> events) throws LlmException;

  /**
   * Whether the model has finished, so that a connection that breaks from now on loses nothing but
   * perhaps the token counts.
   */
  boolean isFinished();

  /** Whether the protocol's own end has been read: what follows has no meaning. */
  boolean isTerminated();
}
