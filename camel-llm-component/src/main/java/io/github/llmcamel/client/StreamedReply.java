/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.codec.ReplyHead;
import io.github.llmcamel.codec.StreamDecoder;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.error.LlmStreamInterruptedException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An answer in events. */
final class StreamedReply implements ReplyReader {

  private final StreamDecoder decoder;
  private final FailureFacts facts;
  private final long limit;
  private final Consumer<ChatEvent> events;
  private final ChatResponse.Builder received;
  private boolean anyReceived;
  private long bytes;

  StreamedReply(StreamDecoder decoder, FailureFacts facts, long limit, Consumer<ChatEvent> events) {
    this.decoder = decoder;
    this.facts = facts;
    this.limit = limit;
    this.events = events;
    ReplyHead head = facts.replyHead();
    this.received = ChatResponse.builder().headers(head.requestId(), head.rateLimits());
  }

  @Override
  public void accept(ByteBuffer slice) throws LlmException {
    bytes += slice.remaining();
    if (bytes > limit) {
      throw facts.tooLarge(limit);
    }
    decoder.feed(slice, this::receive);
  }

  @Override
  public ChatResponse end() throws LlmException {
    decoder.end(this::receive);
    return received.build();
  }

  @Override
  public ChatResponse broken(Throwable cause) throws LlmException {
    try {
      decoder.breakOff(this::receive);
      return received.build();
    } catch (LlmProtocolException | LlmStreamInterruptedException incomplete) {
      throw anyReceived
          ? facts.interrupted(cause)
          : facts.connectionFailure("broke off before its answer began", cause);
    }
  }

  @Override
  public @Nullable ChatResponse received() {
    return anyReceived ? received.build() : null;
  }

  @Override
  public boolean isTerminated() {
    return decoder.isTerminated();
  }

  @Override
  public boolean isFinished() {
    return decoder.isFinished();
  }

  @Override
  public boolean goesOnByEvents() {
    return true;
  }

  private void receive(ChatEvent event) {
    anyReceived = true;
    received.add(event);
    events.accept(event);
  }
}
