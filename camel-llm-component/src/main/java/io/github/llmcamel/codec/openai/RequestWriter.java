/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.codec.EndpointUri;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.UnwritableRequest;
import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.Sampling;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Quirk;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes one chat request. */
final class RequestWriter {

  private static final String PATH = "/chat/completions";

  /** What an extra cannot override: the call would no longer be the one that was asked for. */
  private static final Set<String> OURS = Set.of("model", "messages", "stream");

  private final ChatRequest request;
  private final Delivery delivery;
  private final Destination destination;
  private final Map<String, @Nullable Object> body = new LinkedHashMap<>();

  RequestWriter(ChatRequest request, Delivery delivery, Destination destination) {
    this.request = request;
    this.delivery = delivery;
    this.destination = destination;
  }

  WireRequest write() throws LlmException {
    put("model", request.model());
    try {
      body.put("messages", MessageWriter.write(request.messages()));
      sampling(request.sampling());
      put("user", request.user());
      stream();
      extras();
      return new WireRequest("POST", uri(), headers(), Json.bytes(body));
    } catch (JsonProcessingException notJson) {
      throw UnwritableRequest.notJson(destination);
    }
  }

  private URI uri() {
    Provider provider = destination.provider();
    URI base = destination.baseUrl();
    String path = base.getPath() == null ? "" : base.getPath();
    boolean deploymentInPath = provider.has(Quirk.DEPLOYMENT_IN_PATH) && path.endsWith("/openai");
    return deploymentInPath && request.model() != null
        ? EndpointUri.append(base, "/deployments/" + EndpointUri.segment(request.model()) + PATH)
        : EndpointUri.append(base, PATH);
  }

  private Map<String, String> headers() {
    String accepted = delivery == Delivery.STREAMED ? "text/event-stream" : "application/json";
    return Map.of("Content-Type", "application/json", "Accept", accepted);
  }

  private void sampling(Sampling sampling) {
    put("temperature", sampling.temperature());
    put("top_p", sampling.topP());
    put("top_k", sampling.topK());
    put(
        destination.provider().has(Quirk.MAX_COMPLETION_TOKENS)
            ? "max_completion_tokens"
            : "max_tokens",
        sampling.maxTokens());
    put("stop", sampling.stop().isEmpty() ? null : sampling.stop());
    put("seed", sampling.seed());
    put("frequency_penalty", sampling.frequencyPenalty());
    put("presence_penalty", sampling.presencePenalty());
    put("n", sampling.choiceCount());
    put("reasoning_effort", sampling.reasoningEffort());
  }

  private void stream() {
    if (delivery == Delivery.STREAMED) {
      body.put("stream", true);
      if (!destination.provider().has(Quirk.NO_STREAM_OPTIONS)) {
        body.put("stream_options", Map.of("include_usage", true));
      }
    }
  }

  private void extras() {
    request
        .extras()
        .forEach(
            (name, value) -> {
              if (!OURS.contains(name)) {
                body.put(name, merged(body.get(name), value));
              }
            });
  }

  /** An object is completed, so that an extra stream option does not switch off the usage. */
  private static @Nullable Object merged(@Nullable Object ours, @Nullable Object extra) {
    if (ours instanceof Map<?, ?> some && extra instanceof Map<?, ?> more) {
      Map<Object, Object> all = new LinkedHashMap<>(some);
      all.putAll(more);
      return all;
    }
    return extra;
  }

  private void put(String name, @Nullable Object value) {
    if (value != null) {
      body.put(name, value);
    }
  }
}
