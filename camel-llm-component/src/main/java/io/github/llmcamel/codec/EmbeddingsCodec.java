/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.EmbeddingsRequest;
import io.github.llmcamel.model.EmbeddingsResponse;
import io.github.llmcamel.provider.Destination;

/**
 * How a wire protocol turns texts into vectors, as pure functions. Thread-safe; no I/O, clock,
 * randomness or logging.
 */
public interface EmbeddingsCodec {

  /** The most texts that one request may hold, unless a provider has a limit of its own. */
  int maxInputs();

  /**
   * Writes a request. What the user did not set is not sent.
   *
   * @param request its model is set; it has at least one text and at most {@link #maxInputs}
   * @throws LlmException if the protocol cannot express the request; names the option
   */
  WireRequest encode(EmbeddingsRequest request, Destination destination) throws LlmException;

  /**
   * Reads a whole answer. The same for all protocols, since gateways answer in the shape of another
   * one.
   *
   * @param inputs how many texts were sent
   * @throws LlmException if it is an error in spite of its status, or cannot be read
   */
  default EmbeddingsResponse decode(ReplyHead head, byte[] body, int inputs) throws LlmException {
    return new EmbeddingsReader(head, inputs).read(JsonReply.read(head, body));
  }
}
