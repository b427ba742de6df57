/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.ollama;

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
 * Chats as Ollama defines them under {@code /api/chat}. Thread-safe.
 *
 * @see <a href="https://docs.ollama.com/api/chat">Ollama, generate a chat message</a>
 */
public final class OllamaCodec implements ChatCodec {

  @Override
  public WireRequest encode(ChatRequest request, Delivery delivery, Destination destination)
      throws LlmException {
    return new RequestWriter(request, delivery, destination).write();
  }

  @Override
  public StreamDecoder newDecoder(ReplyHead head) {
    return new AnswerDecoder(head, new LineReader(head), Framing.JSON_LINES);
  }

  @Override
  public ChatResponse decode(ReplyHead head, byte[] body) throws LlmException {
    return AnswerDecoder.decode(head, body, new LineReader(head), Framing.JSON_LINES);
  }

  @Override
  public ChatResponse decodeBroken(ReplyHead head, byte[] body) throws LlmException {
    return AnswerDecoder.decodeBroken(head, body, new LineReader(head), Framing.JSON_LINES);
  }
}
