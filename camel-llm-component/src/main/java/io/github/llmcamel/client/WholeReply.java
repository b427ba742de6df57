/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.codec.ReplyHead;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ModelResponse;
import java.nio.ByteBuffer;

/** An answer in one piece. */
final class WholeReply implements ReplyReader {

  /** How a codec reads a whole answer. */
  @FunctionalInterface
  interface Decoding {
    ModelResponse decode(ReplyHead head, byte[] body) throws LlmException;
  }

  private final Decoding decoding;
  private final FailureFacts facts;
  private final long limit;
  private final BoundedBody body;

  WholeReply(Decoding decoding, FailureFacts facts, long limit) {
    this.decoding = decoding;
    this.facts = facts;
    this.limit = limit;
    this.body = new BoundedBody(limit);
  }

  @Override
  public void accept(ByteBuffer slice) throws LlmException {
    if (!body.add(slice)) {
      throw facts.tooLarge(limit);
    }
  }

  @Override
  public ModelResponse end() throws LlmException {
    return decoding.decode(facts.replyHead(), body.toByteArray());
  }

  @Override
  public ModelResponse broken(Throwable cause) throws LlmException {
    throw facts.connectionFailure("broke off its answer", cause);
  }
}
