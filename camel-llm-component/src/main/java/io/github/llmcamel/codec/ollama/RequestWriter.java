/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.ollama;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.codec.EndpointUri;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.Sampling;
import io.github.llmcamel.provider.Destination;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one chat request. */
final class RequestWriter {

  private static final String PATH = "/api/chat";

  private final ChatRequest request;
  private final Delivery delivery;
  private final Destination destination;
  private final RequestMembers body;

  RequestWriter(ChatRequest request, Delivery delivery, Destination destination) {
    this.request = request;
    this.delivery = delivery;
    this.destination = destination;
    this.body = new RequestMembers(destination);
  }

  WireRequest write() throws LlmException {
    return WireRequest.written(destination, this::writeMembers);
  }

  private WireRequest writeMembers() throws LlmException, JsonProcessingException {
    body.putOwn("model", request.model());
    body.putOwn("messages", new MessageWriter(destination, request.messages()).write());
    // Always, since Ollama streams unless it is told not to.
    body.putOwn("stream", delivery == Delivery.STREAMED);
    sampling(request.sampling());
    body.tools(request.tools());
    body.format(request.responseFormat());
    for (Map.Entry<String, Object> extra : request.extras().entrySet()) {
      body.put(extra.getKey(), extra.getValue());
    }
    return WireRequest.post(
            EndpointUri.append(destination.baseUrl(), PATH),
            Json.bytes(body.members()),
            body.dropped())
        .accepting("application/x-ndjson", delivery);
  }

  private void sampling(Sampling sampling) throws LlmRequestException {
    put("max_tokens", sampling.maxTokens());
    put("temperature", sampling.temperature());
    put("top_p", sampling.topP());
    put("top_k", sampling.topK());
    put("stop", sampling.stop().isEmpty() ? null : sampling.stop());
    put("seed", sampling.seed());
    put("frequency_penalty", sampling.frequencyPenalty());
    put("presence_penalty", sampling.presencePenalty());
    put("n", sampling.choiceCount());
    put("reasoning_effort", sampling.reasoningEffort());
  }

  private void put(String name, @Nullable Object value) throws LlmRequestException {
    if (value != null) {
      body.put(name, value);
    }
  }
}
