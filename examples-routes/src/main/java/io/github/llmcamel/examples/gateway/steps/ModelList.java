/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.steps;

import io.github.llmcamel.examples.gateway.access.ApiKey;
import io.github.llmcamel.examples.gateway.api.Failures;
import io.github.llmcamel.examples.gateway.api.OpenAiError;
import io.github.llmcamel.examples.gateway.api.ServedModel;
import io.github.llmcamel.examples.gateway.server.AnswerWriter;
import io.github.llmcamel.examples.gateway.server.GatewayRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/** Answers with the models that the client may ask for, or with the one it names. */
public final class ModelList extends AsyncProcessorSupport {

  private final ModelCatalog catalog;
  private final AnswerWriter writer;

  public ModelList(ModelCatalog catalog, AnswerWriter writer) {
    this.catalog = catalog;
    this.writer = writer;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    ApiKey key = GatewayRequest.of(exchange).key();
    catalog
        .models()
        .thenAccept(
            models ->
                answer(
                    exchange,
                    models.stream().filter(m -> key == null || key.allows(m.id())).toList(),
                    callback))
        .exceptionally(
            failure -> {
              writer.error(exchange, Failures.toClient(failure), 0, callback);
              return null;
            });
    return false;
  }

  private void answer(Exchange exchange, List<ServedModel> served, AsyncCallback callback) {
    String rest = exchange.getMessage().getHeader(Exchange.HTTP_PATH, "", String.class);
    if (rest.length() <= 1) {
      writer.whole(exchange, ServedModel.json(served), 0, callback);
      return;
    }
    String id = name(rest.substring(1));
    served.stream()
        .filter(model -> model.id().equals(id))
        .findFirst()
        .ifPresentOrElse(
            model -> writer.whole(exchange, model.json(), 0, callback),
            () -> writer.error(exchange, OpenAiError.unknownModel(), 0, callback));
  }

  /** A plus stands for itself in a path. */
  private static String name(String path) {
    return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
