/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

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
import io.github.llmcamel.provider.Quirk;

/**
 * Lists of models as OpenAI defines them, always whole. Thread-safe.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/models">OpenAI, models</a>
 */
public final class OpenAiModelsCodec implements ModelsCodec {

  @Override
  public WireRequest encode(ModelsRequest request, Destination destination) {
    return WireRequest.get(ModelUri.ofAll(destination, "/models"));
  }

  @Override
  public WireRequest encodeProbe(Destination destination) {
    if (destination.provider().has(Quirk.HEALTH_PATH)) {
      return besideVersion(destination, "/health");
    }
    return destination.provider().has(Quirk.LIVELINESS_PATH)
        ? besideVersion(destination, "/health/liveliness")
        : ModelsCodec.super.encodeProbe(destination);
  }

  private static WireRequest besideVersion(Destination destination, String path) {
    return WireRequest.get(EndpointUri.besideVersion(destination.baseUrl(), path));
  }

  @Override
  public ModelsResponse decode(ReplyHead head, byte[] body) throws LlmException {
    return new ModelsResponse(ModelsReader.read(head, JsonReply.read(head, body)), null);
  }
}
