/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.steps;

import io.github.llmcamel.component.LlmConstants;
import io.github.llmcamel.examples.gateway.api.EmbeddingsFormat;
import io.github.llmcamel.examples.gateway.server.AnswerWriter;
import io.github.llmcamel.model.EmbeddingsResponse;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** Answers with the vectors in the body. */
public final class EmbeddingsAnswer extends AnswerStep {

  /** Whether the client wants the vectors in Base64. */
  static final String AS_BASE64 = "GatewayBase64";

  private final AnswerWriter writer;

  public EmbeddingsAnswer(AnswerWriter writer) {
    this.writer = writer;
  }

  @Override
  void answer(Exchange exchange, AsyncCallback callback) {
    byte[] json =
        EmbeddingsFormat.write(
            exchange.getMessage().getBody(EmbeddingsResponse.class),
            exchange.getMessage().getHeader(LlmConstants.REQUEST_MODEL, String.class),
            exchange.getProperty(AS_BASE64, false, Boolean.class));
    writer.whole(exchange, json, Attempts.tries(exchange), callback);
  }
}
