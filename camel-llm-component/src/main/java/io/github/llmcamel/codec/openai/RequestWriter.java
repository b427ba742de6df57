/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.codec.FreeToolChoice;
import io.github.llmcamel.codec.Inexpressible;
import io.github.llmcamel.codec.RequestBody;
import io.github.llmcamel.codec.ToolDefinitions;
import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.Sampling;
import io.github.llmcamel.model.Tool;
import io.github.llmcamel.model.ToolChoice;
import io.github.llmcamel.model.ToolUse;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Quirk;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one chat request. */
final class RequestWriter {

  private static final String PATH = "/chat/completions";
  private static final String STREAM_OPTIONS = "stream_options";

  private final ChatRequest request;
  private final Delivery delivery;
  private final Destination destination;
  private final Provider provider;
  private final Inexpressible inexpressible;
  private final RequestBody body = new RequestBody();

  RequestWriter(ChatRequest request, Delivery delivery, Destination destination) {
    this.request = request;
    this.delivery = delivery;
    this.destination = destination;
    this.provider = destination.provider();
    this.inexpressible = new Inexpressible(destination);
  }

  WireRequest write() throws LlmException {
    return WireRequest.written(destination, this::writeMembers);
  }

  private WireRequest writeMembers() throws LlmException, JsonProcessingException {
    body.put("model", request.model());
    body.put("messages", new MessageWriter(destination).write(request.messages()));
    sampling(request.sampling());
    tools(request.tools());
    if (request.responseFormat() != null) {
      body.put("response_format", AnswerRules.responseFormat(request.responseFormat()));
    }
    body.put("user", provider.has(Quirk.NO_USER) ? null : request.user());
    stream();
    request.extras().forEach(this::extra);
    return WireRequest.post(
            ModelUri.of(destination, request.model(), PATH), body.bytes(), inexpressible.dropped())
        .accepting("text/event-stream", delivery);
  }

  private void sampling(Sampling sampling) throws LlmException {
    body.put("temperature", sampling.temperature());
    body.put("top_p", sampling.topP());
    topK(sampling.topK());
    body.put(
        provider.has(Quirk.MAX_COMPLETION_TOKENS) ? "max_completion_tokens" : "max_tokens",
        sampling.maxTokens());
    body.put("stop", sampling.stop().isEmpty() ? null : sampling.stop());
    body.put(provider.has(Quirk.RANDOM_SEED) ? "random_seed" : "seed", sampling.seed());
    body.put("frequency_penalty", sampling.frequencyPenalty());
    body.put("presence_penalty", sampling.presencePenalty());
    choices(sampling.choiceCount());
    body.put("reasoning_effort", sampling.reasoningEffort());
  }

  private void topK(@Nullable Integer topK) throws LlmException {
    if (topK != null && provider.has(Quirk.NO_TOP_K)) {
      inexpressible.refuse(
          "topK",
          "has no counterpart at %s. Leave it out, or send it as extra.top_k."
              .formatted(provider.name()));
    } else {
      body.put("top_k", topK);
    }
  }

  private void choices(@Nullable Integer count) throws LlmException {
    if (count != null && count > 1 && provider.has(Quirk.ONE_CHOICE)) {
      inexpressible.refuse(
          "choiceCount",
          "is above 1, but %s draws one answer. Leave it out.".formatted(provider.name()));
    } else {
      body.put("n", count);
    }
  }

  private void tools(ToolUse use) throws LlmException {
    if (provider.has(Quirk.NO_TOOL_CHOICE)) {
      offer(FreeToolChoice.offered(use, provider.name(), inexpressible));
    } else {
      offer(use.tools());
      ToolChoice choice = use.choice();
      body.put("tool_choice", choice == null ? null : AnswerRules.toolChoice(choice));
      body.put("parallel_tool_calls", use.parallel());
    }
  }

  private void offer(List<Tool> tools) {
    body.put("tools", tools.isEmpty() ? null : ToolDefinitions.writeWithExtras(tools));
  }

  private void stream() {
    if (delivery == Delivery.STREAMED) {
      body.put("stream", true);
      if (!refusesStreamOptions()) {
        body.put(STREAM_OPTIONS, Map.of("include_usage", true));
      }
    }
  }

  /** How a stream is to be is nothing that a whole answer can be asked for. */
  private void extra(String name, @Nullable Object value) {
    if (!name.equals(STREAM_OPTIONS) || delivery == Delivery.STREAMED) {
      body.extra(name, value);
    }
  }

  private boolean refusesStreamOptions() {
    return provider.has(Quirk.NO_STREAM_OPTIONS)
        || (provider.has(Quirk.DEPLOYMENT_IN_PATH)
            && AzurePaths.refusesStreamOptions(destination.baseUrl()));
  }
}
