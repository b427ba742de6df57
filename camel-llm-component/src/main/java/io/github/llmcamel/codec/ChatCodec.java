/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.provider.Destination;

/**
 * A wire protocol, as pure functions. Thread-safe; no I/O, clock, randomness or logging.
 *
 * <p>Laws, checked by {@code ChatCodecContract} for every codec: (1) slicing the bytes differently
 * gives the same events; (2) folding the events of a streamed answer equals {@link #decode} of the
 * same answer unstreamed in text, tool calls, finish word and, where sent, usage; (3) an unknown
 * field or event is ignored; (4) no input makes a decoder throw anything but {@link LlmException}.
 */
public interface ChatCodec {

  /**
   * Writes a request. What the user did not set is not sent.
   *
   * @param request its model is set
   * @throws LlmException if the protocol cannot express the request; names the option
   */
  WireRequest encode(ChatRequest request, Delivery delivery, Destination destination)
      throws LlmException;

  /** Reads a streamed answer, or whatever the server sent in its place. */
  StreamDecoder newDecoder(ReplyHead head);

  /**
   * Reads a whole answer, or a stream that was sent in its place.
   *
   * @throws LlmException if it is an error in spite of its status, or cannot be read
   */
  ChatResponse decode(ReplyHead head, byte[] body) throws LlmException;

  /**
   * Reads what there is of a whole answer, or of a stream in its place, whose connection broke.
   *
   * @throws LlmException unless the model had finished, with what had arrived of its answer as the
   *     partial response
   */
  ChatResponse decodeBroken(ReplyHead head, byte[] body) throws LlmException;
}
