/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import io.github.llmcamel.codec.EmbeddingsCodec;
import io.github.llmcamel.codec.RequestBody;
import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.EmbeddingsRequest;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Quirk;
import java.util.List;

/**
 * Embeddings as OpenAI defines them and as compatible servers speak them. Thread-safe.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/embeddings">OpenAI, embeddings</a>
 */
public final class OpenAiEmbeddingsCodec implements EmbeddingsCodec {

  private static final String PATH = "/embeddings";
  private static final int MAX_INPUTS = 2_048;

  @Override
  public int maxInputs() {
    return MAX_INPUTS;
  }

  @Override
  public WireRequest encode(EmbeddingsRequest request, Destination destination)
      throws LlmException {
    Provider provider = destination.provider();
    RequestBody body = new RequestBody();
    body.put("model", request.model());
    body.put("input", request.inputs());
    body.put(
        provider.has(Quirk.OUTPUT_DIMENSION) ? "output_dimension" : "dimensions",
        request.dimensions());
    body.put("user", provider.has(Quirk.NO_USER) ? null : request.user());
    request.extras().forEach(body::extra);
    return WireRequest.written(
        destination,
        () ->
            WireRequest.post(
                ModelUri.of(destination, request.model(), PATH), body.bytes(), List.of()));
  }
}
