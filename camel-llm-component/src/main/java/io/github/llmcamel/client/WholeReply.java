/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.codec.ReplyHead;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.error.LlmStreamInterruptedException;
import io.github.llmcamel.model.ChatResponse;
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
  private final Decoding whenBroken;
  private final FailureFacts facts;
  private final long limit;
  private final BoundedBody body;

  /** A reply that is worth nothing unless all of it is there. */
  WholeReply(Decoding decoding, FailureFacts facts, long limit) {
    this(decoding, decoding, facts, limit);
  }

  /**
   * A reply of which a part is worth something.
   *
   * @param whenBroken reads what is there when the connection breaks
   */
  WholeReply(Decoding decoding, Decoding whenBroken, FailureFacts facts, long limit) {
    this.decoding = decoding;
    this.whenBroken = whenBroken;
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
    try {
      return whenBroken.decode(facts.replyHead(), body.toByteArray());
    } catch (LlmProtocolException | LlmStreamInterruptedException incomplete) {
      ChatResponse partial = incomplete.getPartialResponse();
      if (partial == null) {
        throw facts.connectionFailure("broke off its answer", cause);
      }
      LlmStreamInterruptedException failure = facts.interrupted(cause);
      failure.initPartialResponse(partial);
      throw failure;
    }
  }
}
