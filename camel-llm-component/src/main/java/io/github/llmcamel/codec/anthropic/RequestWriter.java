/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.codec.ForeignMembers;
import io.github.llmcamel.codec.Inexpressible;
import io.github.llmcamel.codec.RequestBody;
import io.github.llmcamel.codec.Typed;
import io.github.llmcamel.codec.UnwritableRequest;
import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.ResponseFormat;
import io.github.llmcamel.model.Sampling;
import io.github.llmcamel.provider.Destination;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes one chat request. */
final class RequestWriter {

  /** The protocol demands a limit; this one is sent where the user set none. */
  private static final int DEFAULT_MAX_TOKENS = 4_096;

  /** Members of OpenAI's that the protocol has, too. */
  private static final Set<String> SHARED = Set.of("metadata", "service_tier");

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
    return WireRequest.written(destination, this::writeMembers);
  }

  private WireRequest writeMembers() throws LlmException, JsonProcessingException {
    body.put("model", request.model());
    MessageWriter messages = new MessageWriter(request.messages(), destination);
    messages.check();
    body.put("system", messages.system());
    body.put("messages", messages.turns());
    sampling(request.sampling());
    body.put("metadata", object("user_id", request.user()));
    body.put("stream", delivery == Delivery.STREAMED ? true : null);
    body.put("tools", ToolWriter.tools(request.tools()));
    body.put("tool_choice", ToolWriter.choice(request.tools()));
    outputConfig();
    extras();
    return WireRequest.post(
            ProtocolVersion.uri(destination.baseUrl(), "/messages"),
            body.bytes(),
            inexpressible.dropped())
        .accepting("text/event-stream", delivery)
        .with(ProtocolVersion.HEADER, ProtocolVersion.VALUE);
  }

  private void sampling(Sampling sampling) throws LlmException {
    refuse("seed", sampling.seed(), null);
    refuse("frequencyPenalty", sampling.frequencyPenalty(), 0.0);
    refuse("presencePenalty", sampling.presencePenalty(), 0.0);
    refuse("choiceCount", sampling.choiceCount(), 1);
    body.put("max_tokens", Objects.requireNonNullElse(sampling.maxTokens(), DEFAULT_MAX_TOKENS));
    body.put("temperature", sampling.temperature());
    body.put("top_p", sampling.topP());
    body.put("top_k", sampling.topK());
    body.put("stop_sequences", sampling.stop().isEmpty() ? null : sampling.stop());
  }

  private void extras() throws LlmException {
    if (request.extras().containsKey("response_format")) {
      throw UnwritableRequest.unknownResponseFormat(destination);
    }
    for (Map.Entry<String, Object> extra : request.extras().entrySet()) {
      String name = extra.getKey();
      if (SHARED.contains(name)
          || !ForeignMembers.has(name, extra.getValue(), "Anthropic", inexpressible)) {
        body.extra(name, extra.getValue());
      }
    }
  }

  private void outputConfig() throws LlmException {
    Map<String, Object> config = new LinkedHashMap<>();
    String effort = request.sampling().reasoningEffort();
    if (effort != null) {
      config.put("effort", effort);
    }
    ResponseFormat format = request.responseFormat();
    if (format instanceof ResponseFormat.JsonSchema named) {
      config.put("format", Typed.object("json_schema", "schema", named.schema()));
    } else if (format instanceof ResponseFormat.Json) {
      inexpressible.refuse(
          "responseFormat=json",
          "has no counterpart in Anthropic's protocol, which knows JSON by its schema only. Set"
              + " the option jsonSchema, or ask for JSON in the prompt.");
    }
    body.put("output_config", config.isEmpty() ? null : config);
  }

  /** Refuses a parameter the protocol does not have, unless its value asks for nothing. */
  private void refuse(String parameter, @Nullable Number value, @Nullable Number neutral)
      throws LlmException {
    if (value != null && !value.equals(neutral)) {
      inexpressible.refuse(
          parameter,
          "has no counterpart in Anthropic's protocol. Leave it out, or use another provider.");
    }
  }

  private static @Nullable Map<String, String> object(String member, @Nullable String value) {
    return value == null ? null : Map.of(member, value);
  }
}
