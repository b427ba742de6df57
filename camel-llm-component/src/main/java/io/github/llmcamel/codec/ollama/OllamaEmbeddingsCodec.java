/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.ollama;

import io.github.llmcamel.codec.EmbeddingsCodec;
import io.github.llmcamel.codec.EndpointUri;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.EmbeddingsRequest;
import io.github.llmcamel.provider.Destination;
import java.util.Map;

/**
 * Embeddings as Ollama defines them under {@code /api/embed}. Thread-safe.
 *
 * @see <a href="https://docs.ollama.com/api/embed">Ollama, generate embeddings</a>
 */
public final class OllamaEmbeddingsCodec implements EmbeddingsCodec {

  private static final String PATH = "/api/embed";

  /** Ollama has no limit of its own. */
  @Override
  public int maxInputs() {
    return Integer.MAX_VALUE;
  }

  @Override
  public WireRequest encode(EmbeddingsRequest request, Destination destination)
      throws LlmException {
    RequestMembers body = new RequestMembers(destination);
    body.putOwn("model", request.model());
    body.putOwn("input", request.inputs());
    if (request.dimensions() != null) {
      body.putOwn("dimensions", request.dimensions());
    }
    for (Map.Entry<String, Object> extra : request.extras().entrySet()) {
      switch (extra.getKey()) {
        // Other texts would be another call, and Ollama sends numbers in one form only.
        case "input", "encoding_format" -> {}
        case "dimensions" -> body.putOwn("dimensions", extra.getValue());
        default -> body.put(extra.getKey(), extra.getValue());
      }
    }
    return WireRequest.written(
        destination,
        () ->
            WireRequest.post(
                EndpointUri.append(destination.baseUrl(), PATH),
                Json.bytes(body.members()),
                body.dropped()));
  }
}
