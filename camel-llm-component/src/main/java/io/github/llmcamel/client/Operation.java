/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.codec.ChatCodec;
import io.github.llmcamel.codec.EmbeddingsCodec;
import io.github.llmcamel.codec.ModelsCodec;
import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.EmbeddingsRequest;
import io.github.llmcamel.model.ModelsRequest;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Protocol;
import java.util.function.Consumer;

/** What one call does: it writes its request, and knows how the answer is to be read. */
sealed interface Operation {

  /** What {@code call} does, in the protocol of its destination. */
  static Operation of(ModelCall call) {
    Destination destination = call.destination();
    Protocol protocol = destination.provider().protocol();
    if (call.request() instanceof ChatRequest request) {
      return new Chat(Codecs.chat(protocol), request, call);
    }
    if (call.request() instanceof EmbeddingsRequest request) {
      return new Embeddings(Codecs.embeddings(protocol).orElseThrow(), request, destination);
    }
    return new Models(Codecs.models(protocol), (ModelsRequest) call.request(), destination);
  }

  /**
   * Writes the request.
   *
   * @throws LlmException if the protocol cannot express it
   */
  WireRequest encode() throws LlmException;

  /** How many answers are asked for at once, 1 and above. */
  default int choices() {
    return 1;
  }

  /**
   * Reads an answer whose status says success.
   *
   * @param limit of its body, in bytes
   * @param events hears what a streamed answer says
   */
  ReplyReader reader(FailureFacts facts, long limit, Consumer<ChatEvent> events);

  /** A conversation goes on. */
  record Chat(ChatCodec codec, ChatRequest request, ModelCall call) implements Operation {

    @Override
    public WireRequest encode() throws LlmException {
      return codec.encode(request, call.delivery(), call.destination());
    }

    @Override
    public int choices() {
      Integer asked = request.sampling().choiceCount();
      return asked == null ? 1 : asked;
    }

    @Override
    public ReplyReader reader(FailureFacts facts, long limit, Consumer<ChatEvent> events) {
      ReplyReader reader =
          call.delivery() == Delivery.STREAMED
              ? new StreamedReply(codec.newDecoder(facts.replyHead()), facts, limit, events)
              : new WholeReply(codec::decode, codec::decodeBroken, facts, limit);
      return call.reading().keepsRaw() ? new RecordedReply(reader, limit) : reader;
    }
  }

  /** Texts become vectors. */
  record Embeddings(EmbeddingsCodec codec, EmbeddingsRequest request, Destination destination)
      implements Operation {

    @Override
    public WireRequest encode() throws LlmException {
      return codec.encode(request, destination);
    }

    @Override
    public ReplyReader reader(FailureFacts facts, long limit, Consumer<ChatEvent> events) {
      int inputs = request.inputs().size();
      return new WholeReply((head, body) -> codec.decode(head, body, inputs), facts, limit);
    }
  }

  /** A page of the list of models is fetched. */
  record Models(ModelsCodec codec, ModelsRequest request, Destination destination)
      implements Operation {

    @Override
    public WireRequest encode() {
      return codec.encode(request, destination);
    }

    @Override
    public ReplyReader reader(FailureFacts facts, long limit, Consumer<ChatEvent> events) {
      return new WholeReply(codec::decode, facts, limit);
    }
  }
}
