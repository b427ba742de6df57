/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

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
 * Content as Google's Gemini API generates it, also on Vertex AI. Thread-safe.
 *
 * @see <a href="https://ai.google.dev/api/generate-content">Gemini API, generating content</a>
 */
public final class GeminiCodec implements ChatCodec {

  /** The protocol's name in the parts that only it understands. */
  static final String NAME = "gemini";

  @Override
  public WireRequest encode(ChatRequest request, Delivery delivery, Destination destination)
      throws LlmException {
    return new RequestWriter(request, delivery, destination).write();
  }

  @Override
  public StreamDecoder newDecoder(ReplyHead head) {
    return new AnswerDecoder(head, new ContentReader(head), Framing.EVENTS_OR_JSON);
  }

  @Override
  public ChatResponse decode(ReplyHead head, byte[] body) throws LlmException {
    // One document is whole at its last brace, whether or not it says why it ended.
    return AnswerDecoder.decode(head, body, new ContentReader(head), Framing.SERVER_SENT_EVENTS);
  }

  @Override
  public ChatResponse decodeBroken(ReplyHead head, byte[] body) throws LlmException {
    return AnswerDecoder.decodeBroken(
        head, body, new ContentReader(head), Framing.SERVER_SENT_EVENTS);
  }
}
