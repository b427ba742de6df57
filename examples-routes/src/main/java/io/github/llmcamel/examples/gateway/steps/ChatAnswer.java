/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.steps;

import io.github.llmcamel.component.LlmStream;
import io.github.llmcamel.examples.gateway.server.AnswerWriter;
import java.nio.charset.StandardCharsets;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Answers with the body: a live stream as server-sent events, whose chunks leave as they arrive, or
 * a whole chat completion. The exchange goes on when the client has got it, or is gone.
 */
public final class ChatAnswer extends AnswerStep {

  /** Whether the client wants the token counts of a stream. */
  static final String WITH_USAGE = "GatewayWithUsage";

  private final AnswerWriter writer;

  public ChatAnswer(AnswerWriter writer) {
    this.writer = writer;
  }

  @Override
  @SuppressWarnings("unchecked") // outputFormat=openai makes it a stream of texts
  void answer(Exchange exchange, AsyncCallback callback) {
    Object body = exchange.getMessage().getBody();
    if (body instanceof LlmStream<?> stream) {
      boolean withUsage = exchange.getProperty(WITH_USAGE, false, Boolean.class);
      writer.stream(
          exchange, (LlmStream<String>) stream, withUsage, Attempts.tries(exchange), callback);
    } else {
      byte[] json = ((String) body).getBytes(StandardCharsets.UTF_8);
      writer.whole(exchange, json, Attempts.tries(exchange), callback);
    }
  }
}
