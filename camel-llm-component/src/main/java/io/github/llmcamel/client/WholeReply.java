/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.codec.ChatCodec;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatResponse;
import java.nio.ByteBuffer;

/** An answer in one piece. */
final class WholeReply implements ReplyReader {

  private final ChatCodec codec;
  private final FailureFacts facts;
  private final long limit;
  private final BoundedBody body;

  WholeReply(ChatCodec codec, FailureFacts facts, long limit) {
    this.codec = codec;
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
  public ChatResponse end() throws LlmException {
    return codec.decode(facts.replyHead(), body.toByteArray());
  }

  @Override
  public ChatResponse broken(Throwable cause) throws LlmException {
    throw facts.connectionFailure("broke off its answer", cause);
  }
}
