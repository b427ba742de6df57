/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.observe;

import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.ModelRequest;
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
 */
public record Call(
    Provider provider,
    ModelRequest request,
    Delivery delivery,
    String serverAddress,
    @Nullable Integer serverPort) {
  public Call {
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(delivery, "delivery");
    Objects.requireNonNull(serverAddress, "serverAddress");
  }
}
