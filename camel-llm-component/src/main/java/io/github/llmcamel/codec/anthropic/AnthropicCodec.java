/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

import io.github.llmcamel.codec.AnswerDecoder;
import io.github.llmcamel.codec.ChatCodec;
import io.github.llmcamel.codec.Framing;
import io.github.llmcamel.codec.ReplyHead;
import io.github.llmcamel.codec.StreamDecoder;
import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.provider.Destination;

/**
 * Messages as Anthropic defines them and as other servers speak them. Thread-safe.
 *
 * @see <a href="https://docs.claude.com/en/api/messages">Anthropic, Messages</a>
 */
public final class AnthropicCodec implements ChatCodec {

  /** Marks what only this protocol understands. */
  static final String NAME = "anthropic";

  private static final Framing FRAMING = Framing.SERVER_SENT_EVENTS;

  @Override
  public WireRequest encode(ChatRequest request, Delivery delivery, Destination destination)
      throws LlmException {
    return new RequestWriter(request, delivery, destination).write();
  }

  @Override
  public StreamDecoder newDecoder(ReplyHead head) {
    return new AnswerDecoder(head, new MessageReader(head), FRAMING);
  }

  @Override
  public ChatResponse decode(ReplyHead head, byte[] body) throws LlmException {
    return AnswerDecoder.decode(head, body, new MessageReader(head), FRAMING);
  }

  @Override
  public ChatResponse decodeBroken(ReplyHead head, byte[] body) throws LlmException {
    return AnswerDecoder.decodeBroken(head, body, new MessageReader(head), FRAMING);
  }
}
