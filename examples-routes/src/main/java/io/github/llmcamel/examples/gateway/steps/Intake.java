/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.steps;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.examples.gateway.access.ApiKey;
import io.github.llmcamel.examples.gateway.api.OpenAiError;
import io.github.llmcamel.examples.gateway.api.RequestRefusedException;
import io.github.llmcamel.examples.gateway.server.GatewayRequest;
import io.github.llmcamel.examples.gateway.settings.GatewaySettings;
import io.github.llmcamel.examples.gateway.settings.Target;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** Takes in what a client posts: JSON that names a model which is served to this client. */
public final class Intake {

  private static final int LONGEST_NAME = 256;

  private final Supplier<GatewaySettings> settings;

  /**
   * @param settings gives those that hold at the moment
   */
  public Intake(Supplier<GatewaySettings> settings) {
    this.settings = settings;
  }

  /**
   * The body as a JSON object.
   *
   * @throws RequestRefusedException if it cannot be read, or is none
   */
  JsonNode read(Exchange exchange) throws RequestRefusedException {
    return GatewayRequest.body(exchange, settings.get().limits().maxBodyBytes());
  }

  /**
   * Who may answer, best first.
   *
   * @throws RequestRefusedException if the body names no model, or one that the client may not use
   */
  List<Target> chain(Exchange exchange, JsonNode body) throws RequestRefusedException {
    JsonNode model = body.path("model");
    if (!model.isTextual() || model.textValue().isBlank()) {
      throw new RequestRefusedException(
          OpenAiError.invalidMember(
              "model", "The request names no model. GET /v1/models lists those you may use."));
    }
    String name = model.textValue();
    GatewayRequest request = GatewayRequest.of(exchange);
    request.asksFor(name.substring(0, Math.min(name.length(), LONGEST_NAME)));
    ApiKey key = request.key();
    List<Target> chain =
        name.length() > LONGEST_NAME || (key != null && !key.allows(name))
            ? List.of()
            : settings.get().models().chainFor(name);
    if (chain.isEmpty()) {
      throw new RequestRefusedException(OpenAiError.unknownModel());
    }
    return chain;
  }
}
