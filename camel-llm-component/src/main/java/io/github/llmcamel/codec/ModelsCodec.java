/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ModelsRequest;
import io.github.llmcamel.model.ModelsResponse;
import io.github.llmcamel.provider.Destination;

/**
 * How a wire protocol lists models, as pure functions. Thread-safe; no I/O, clock, randomness or
 * logging.
 */
public interface ModelsCodec {

  /** Writes a request. */
  WireRequest encode(ModelsRequest request, Destination destination);

  /**
   * Writes a request that costs nothing and is answered with success when calls can be: for the
   * list of models, unless the protocol or the provider has something cheaper.
   */
  default WireRequest encodeProbe(Destination destination) {
    return encode(new ModelsRequest(null), destination);
  }

  /**
   * Reads a whole answer.
   *
   * @throws LlmException if it is an error in spite of its status, or cannot be read
   */
  ModelsResponse decode(ReplyHead head, byte[] body) throws LlmException;
}
