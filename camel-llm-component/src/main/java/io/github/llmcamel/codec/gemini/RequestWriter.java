/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.codec.ForeignMembers;
import io.github.llmcamel.codec.Inexpressible;
import io.github.llmcamel.codec.RequestBody;
import io.github.llmcamel.codec.UnwritableRequest;
import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.ToolUse;
import io.github.llmcamel.provider.Destination;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes one chat request. */
final class RequestWriter {

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
    MessageWriter content = new MessageWriter(request.messages(), destination);
    body.put("systemInstruction", content.systemInstruction());
    body.put("contents", content.turns());
    tools(request.tools());
    body.put("generationConfig", new GenerationConfig(inexpressible).write(request));
    extras();
    return WireRequest.post(
            ModelUri.of(destination, Objects.requireNonNull(request.model()), delivery),
            body.bytes(),
            inexpressible.dropped())
        .accepting("text/event-stream", delivery);
  }

  private void tools(ToolUse use) throws LlmException {
    body.put("tools", ToolWriter.tools(use));
    body.put("toolConfig", ToolWriter.config(use));
    if (Boolean.FALSE.equals(use.parallel())) {
      inexpressible.refuse(
          "parallel_tool_calls", "is false, but Gemini lets the model choose. Leave it out.");
    }
  }

  private void extras() throws LlmException {
    for (Map.Entry<String, Object> extra : request.extras().entrySet()) {
      extra(extra.getKey(), extra.getValue());
    }
  }

  /** Gemini refuses what it does not know. */
  private void extra(String name, @Nullable Object value) throws LlmException {
    if (ForeignMembers.has(name, value, "Gemini", inexpressible)) {
      return;
    }
    switch (name) {
      case "contents" -> {} // others would be another call
      case "response_format" -> throw UnwritableRequest.unknownResponseFormat(destination);
      case "logprobs" -> generationConfig("responseLogprobs", value);
      case "top_logprobs" -> generationConfig("logprobs", value);
      default -> body.extra(name, value);
    }
  }

  /** Sets what OpenAI has elsewhere, under another name. */
  private void generationConfig(String name, @Nullable Object value) {
    body.extra("generationConfig", Collections.singletonMap(name, value));
  }
}
