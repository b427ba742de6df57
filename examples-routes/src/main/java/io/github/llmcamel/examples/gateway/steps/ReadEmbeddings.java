/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.steps;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.examples.gateway.api.EmbeddingsFormat;
import io.github.llmcamel.examples.gateway.api.RequestRefusedException;
import io.github.llmcamel.examples.gateway.settings.Target;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Reads a request for embeddings, finds who may answer it, and leaves it as the body. */
public final class ReadEmbeddings implements Processor {

  private final Intake intake;

  public ReadEmbeddings(Intake intake) {
    this.intake = intake;
  }

  @Override
  public void process(Exchange exchange) throws RequestRefusedException {
    JsonNode body = intake.read(exchange);
    Attempts.begin(exchange, intake.chain(exchange, body), Target::embeddings);
    exchange.setProperty(EmbeddingsAnswer.AS_BASE64, EmbeddingsFormat.isBase64(body));
    exchange.getMessage().setBody(EmbeddingsFormat.read(body));
  }
}
