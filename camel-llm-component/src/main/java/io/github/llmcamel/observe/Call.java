/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.observe;

import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.ModelRequest;
import io.github.llmcamel.model.ModelResponse;
import io.github.llmcamel.price.Cost;
import io.github.llmcamel.price.PriceTable;
import io.github.llmcamel.provider.Provider;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One model call, as it is about to be sent.
 *
 * @param provider who is asked
 * @param request what is asked, with every option applied: a {@code ChatRequest} or an {@code
 *     EmbeddingsRequest}, whose model is the one that is asked for
 * @param delivery how the answer travels
 * @param serverAddress the host the call goes to, a proxy's if one stands in front of the model
 * @param serverPort its port; null where the URL's scheme has no port
 * @param stageName the stage of a pipeline that makes it; null if it has no name
 * @param promptVersion the version of its prompt; null if it has none
 * @param prices what models cost
 */
public record Call(
    Provider provider,
    ModelRequest request,
    Delivery delivery,
    String serverAddress,
    @Nullable Integer serverPort,
    @Nullable String stageName,
    @Nullable String promptVersion,
    PriceTable prices) {
  public Call {
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(delivery, "delivery");
    Objects.requireNonNull(serverAddress, "serverAddress");
    Objects.requireNonNull(prices, "prices");
  }

  /** A call of which nothing more is known than where it goes. */
  public Call(
      Provider provider,
      ModelRequest request,
      Delivery delivery,
      String serverAddress,
      @Nullable Integer serverPort) {
    this(provider, request, delivery, serverAddress, serverPort, null, null, PriceTable.EMPTY);
  }

  /** This call, as one of a stage. */
  public Call ofStage(@Nullable String name, @Nullable String versionOfPrompt) {
    return new Call(
        provider, request, delivery, serverAddress, serverPort, name, versionOfPrompt, prices);
  }

  /** This call, with these prices. */
  public Call pricedBy(PriceTable table) {
    return new Call(
        provider, request, delivery, serverAddress, serverPort, stageName, promptVersion, table);
  }

  /**
   * What an answer to this call costs.
   *
   * @param response whole, or as far as it got
   * @return null if there is no price, or the provider has not counted the tokens
   */
  public @Nullable Cost cost(ModelResponse response) {
    return prices.cost(provider.name(), request.model(), response);
  }
}
