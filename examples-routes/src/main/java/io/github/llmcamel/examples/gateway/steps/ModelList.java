/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.steps;

import io.github.llmcamel.examples.gateway.access.ApiKey;
import io.github.llmcamel.examples.gateway.api.OpenAiError;
import io.github.llmcamel.examples.gateway.api.ServedModel;
import io.github.llmcamel.examples.gateway.server.AnswerWriter;
import io.github.llmcamel.examples.gateway.server.GatewayRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** Answers with the models that the client may ask for, or with the one it names. */
public final class ModelList extends AnswerStep {

  private final ModelCatalog catalog;
  private final AnswerWriter writer;

  public ModelList(ModelCatalog catalog, AnswerWriter writer) {
    this.catalog = catalog;
    this.writer = writer;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the answer is all that comes of it
  void answer(Exchange exchange, AsyncCallback callback) {
    ApiKey key = GatewayRequest.of(exchange).key();
    catalog
        .models()
        .whenComplete(
            (models, failure) -> {
              if (failure != null) {
                exchange.setException(failure);
                callback.done(false);
              } else {
                answer(
                    exchange,
                    models.stream().filter(m -> key == null || key.allows(m.id())).toList(),
                    callback);
              }
            });
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
