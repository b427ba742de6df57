/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.steps;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.examples.gateway.api.EmbeddingsFormat;
import io.github.llmcamel.examples.gateway.api.OpenAiError;
import io.github.llmcamel.examples.gateway.api.RequestRefusedException;
import io.github.llmcamel.examples.gateway.settings.Target;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ResolveEndpointFailedException;

/** Reads a request for embeddings, finds who may answer it, and leaves it as the body. */
public final class ReadEmbeddings implements Processor {

  private static final String NO_EMBEDDINGS =
      "Nobody behind this model makes embeddings. Ask for another model.";

  private final Intake intake;

  public ReadEmbeddings(Intake intake) {
    this.intake = intake;
  }

  @Override
  public void process(Exchange exchange) throws RequestRefusedException {
    JsonNode body = intake.read(exchange);
    List<Target> chain =
        intake.chain(exchange, body).stream()
            .filter(target -> hasEmbeddings(target, exchange.getContext()))
            .toList();
    if (chain.isEmpty()) {
      throw new RequestRefusedException(OpenAiError.invalidMember("model", NO_EMBEDDINGS));
    }
    Attempts.begin(exchange, chain, Target::embeddings);
    exchange.setProperty(EmbeddingsAnswer.AS_BASE64, EmbeddingsFormat.isBase64(body));
    exchange.getMessage().setBody(EmbeddingsFormat.read(body));
  }

  private static boolean hasEmbeddings(Target target, CamelContext context) {
    try {
      context.getEndpoint(target.embeddings());
      return true;
    } catch (ResolveEndpointFailedException without) {
      return false;
    }
  }
}
