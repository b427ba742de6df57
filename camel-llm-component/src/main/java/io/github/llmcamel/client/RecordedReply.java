/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.ModelResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A reply whose body is kept beside what is read from it. */
final class RecordedReply implements ReplyReader {

  private final ReplyReader reply;
  private final BoundedBody body;

  /** Keeps what {@code reply} reads; {@code limit} is the limit of the reply itself. */
  RecordedReply(ReplyReader reply, long limit) {
    this.reply = reply;
    this.body = new BoundedBody(limit);
  }

  @Override
  public void accept(ByteBuffer slice) throws LlmException {
    body.add(slice.duplicate());
    reply.accept(slice);
  }

  @Override
  public ModelResponse end() throws LlmException {
    return withBody(reply.end());
  }

  @Override
  public ModelResponse broken(Throwable cause) throws LlmException {
    return withBody(reply.broken(cause));
  }

  @Override
  public @Nullable ChatResponse received() {
    ChatResponse received = reply.received();
    return received == null ? null : received.withRaw(text());
  }

  @Override
  public boolean isTerminated() {
    return reply.isTerminated();
  }

  @Override
  public boolean isFinished() {
    return reply.isFinished();
  }

  @Override
  public boolean goesOnByEvents() {
    return reply.goesOnByEvents();
  }

  private ModelResponse withBody(ModelResponse response) {
    return response instanceof ChatResponse chat ? chat.withRaw(text()) : response;
  }

  private String text() {
    return new String(body.toByteArray(), StandardCharsets.UTF_8);
  }
}
