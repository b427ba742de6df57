/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.ModelResponse;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * A reply that came compressed, though nobody asked for it: some proxies do that. Its limits count
 * what comes out.
 */
final class GzippedReply implements ReplyReader {

  private final ReplyReader reply;
  private final FailureFacts facts;
  private final Gunzip gunzip = new Gunzip();

  GzippedReply(ReplyReader reply, FailureFacts facts) {
    this.reply = reply;
    this.facts = facts;
  }

  @Override
  public void accept(ByteBuffer slice) throws LlmException {
    try {
      gunzip.feed(slice, reply::accept);
    } catch (DataFormatException e) {
      throw facts.unreadableEncoding("gzip");
    }
  }

  @Override
  public ModelResponse end() throws LlmException {
    return gunzip.isComplete() || reply.isFinished()
        ? reply.end()
        : reply.broken(new EOFException("cut gzip"));
  }

  @Override
  public ModelResponse broken(Throwable cause) throws LlmException {
    return reply.broken(cause);
  }

  @Override
  public void close() {
    gunzip.close();
  }

  @Override
  public @Nullable ChatResponse received() {
    return reply.received();
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
}
