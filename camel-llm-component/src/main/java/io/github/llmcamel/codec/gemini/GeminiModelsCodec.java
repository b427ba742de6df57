/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.codec.EndpointUri;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.JsonReply;
import io.github.llmcamel.codec.ModelsCodec;
import io.github.llmcamel.codec.ModelsReader;
import io.github.llmcamel.codec.ReplyHead;
import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ModelsRequest;
import io.github.llmcamel.model.ModelsResponse;
import io.github.llmcamel.provider.Destination;
import java.net.URI;

/**
 * Lists of models as Google defines them, page by page. Thread-safe.
 *
 * @see <a href="https://ai.google.dev/api/models">Gemini API, models</a>
 */
public final class GeminiModelsCodec implements ModelsCodec {

  @Override
  public WireRequest encode(ModelsRequest request, Destination destination) {
    URI models = EndpointUri.append(destination.baseUrl(), "/models");
    return WireRequest.get(
        request.page() == null
            ? models
            : EndpointUri.withQuery(models, "pageToken", request.page()));
  }

  @Override
  public ModelsResponse decode(ReplyHead head, byte[] body) throws LlmException {
    JsonNode answer = JsonReply.read(head, body);
    return new ModelsResponse(
        ModelsReader.read(head, answer), Json.nonEmptyText(answer.path("nextPageToken")));
  }
}
