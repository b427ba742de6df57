/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.ollama;

import io.github.llmcamel.codec.EndpointUri;
import io.github.llmcamel.codec.JsonReply;
import io.github.llmcamel.codec.ModelsCodec;
import io.github.llmcamel.codec.ModelsReader;
import io.github.llmcamel.codec.ReplyHead;
import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ModelsRequest;
import io.github.llmcamel.model.ModelsResponse;
import io.github.llmcamel.provider.Destination;

/**
 * Lists the models that an Ollama server has stored, under {@code /api/tags}. Thread-safe.
 *
 * @see <a href="https://docs.ollama.com/api/tags">Ollama, list models</a>
 */
public final class OllamaModelsCodec implements ModelsCodec {

  @Override
  public WireRequest encode(ModelsRequest request, Destination destination) {
    return WireRequest.get(EndpointUri.append(destination.baseUrl(), "/api/tags"));
  }

  @Override
  public WireRequest encodeProbe(Destination destination) {
    return WireRequest.get(EndpointUri.append(destination.baseUrl(), "/api/version"));
  }

  @Override
  public ModelsResponse decode(ReplyHead head, byte[] body) throws LlmException {
    return new ModelsResponse(ModelsReader.read(head, JsonReply.read(head, body)), null);
  }
}
