/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.codec.EndpointUri;
import io.github.llmcamel.codec.Inexpressible;
import io.github.llmcamel.codec.RequestBody;
import io.github.llmcamel.codec.ToolDefinitions;
import io.github.llmcamel.codec.UnwritableRequest;
import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.Sampling;
import io.github.llmcamel.model.ToolChoice;
import io.github.llmcamel.model.ToolUse;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Quirk;
import java.net.URI;
import java.util.Map;

/** Writes one chat request. */
final class RequestWriter {

  private static final String PATH = "/chat/completions";

  private final ChatRequest request;
  private final Delivery delivery;
  private final Destination destination;
  private final Inexpressible inexpressible;
  private final RequestBody body = new RequestBody();

  RequestWriter(ChatRequest request, Delivery delivery, Destination destination) {
    this.request = request;
    this.delivery = delivery;
    this.destination = destination;
    this.inexpressible = new Inexpressible(destination);
  }

  WireRequest write() throws LlmException {
    body.put("model", request.model());
    try {
      body.put("messages", MessageWriter.write(request.messages()));
      sampling(request.sampling());
      tools(request.tools());
      if (request.responseFormat() != null) {
        body.put("response_format", AnswerRules.responseFormat(request.responseFormat()));
      }
      body.put("user", request.user());
      stream();
      request.extras().forEach(body::extra);
      return new WireRequest("POST", uri(), headers(), body.bytes(), inexpressible.dropped());
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
    body.put("temperature", sampling.temperature());
    body.put("top_p", sampling.topP());
    body.put("top_k", sampling.topK());
    body.put(
        destination.provider().has(Quirk.MAX_COMPLETION_TOKENS)
            ? "max_completion_tokens"
            : "max_tokens",
        sampling.maxTokens());
    body.put("stop", sampling.stop().isEmpty() ? null : sampling.stop());
    body.put("seed", sampling.seed());
    body.put("frequency_penalty", sampling.frequencyPenalty());
    body.put("presence_penalty", sampling.presencePenalty());
    body.put("n", sampling.choiceCount());
    body.put("reasoning_effort", sampling.reasoningEffort());
  }

  private void tools(ToolUse use) {
    body.put("tools", use.tools().isEmpty() ? null : ToolDefinitions.write(use.tools()));
    ToolChoice choice = use.choice();
    body.put("tool_choice", choice == null ? null : AnswerRules.toolChoice(choice));
    body.put("parallel_tool_calls", use.parallel());
  }

  private void stream() {
    if (delivery == Delivery.STREAMED) {
      body.put("stream", true);
      if (!destination.provider().has(Quirk.NO_STREAM_OPTIONS)) {
        body.put("stream_options", Map.of("include_usage", true));
      }
    }
  }
}
