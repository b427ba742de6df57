/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llmcamel.codec.ChatCodec;
import io.github.llmcamel.codec.ChatCodecContract;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.provider.Destination;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

class GeminiCodecTest extends ChatCodecContract {

  @Override
  protected String protocol() {
    return "gemini";
  }

  @Override
  protected ChatCodec codec() {
    return new GeminiCodec();
  }

  @Override
  protected byte[] wholeAnswer(ChatResponse response) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    response
        .choices()
        .forEach(choice -> candidate(answer.withArray("candidates").addObject(), choice));
    answer.set("usageMetadata", usage(response.usage()));
    answer.put("modelVersion", response.model());
    answer.put("responseId", response.id());
    return answer.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected String separator() {
    return "\r\n\r\n";
  }

  @Override
  protected String unknownPiece() {
    return "event: news\r\ndata: {\"news\":[{\"text\":\"no\"}]}\r\n\r\n";
  }

  @Override
  protected Destination destination() {
    return Wire.ANYWHERE;
  }

  private static void candidate(ObjectNode candidate, ChatResponse.Choice choice) {
    candidate.put("index", choice.index());
    candidate.put("finishReason", Objects.requireNonNull(choice.finishReason()).raw());
    ArrayNode parts = candidate.putObject("content").put("role", "model").putArray("parts");
    if (choice.reasoning() != null) {
      parts.addObject().put("text", choice.reasoning()).put("thought", true);
    }
    if (!choice.text().isEmpty()) {
      parts.addObject().put("text", choice.text());
    }
    choice.toolCalls().forEach(call -> functionCall(parts.addObject(), call));
  }

  private static void functionCall(ObjectNode part, ToolCall call) {
    ObjectNode function = part.putObject("functionCall");
    function.put("id", call.id()).put("name", call.name());
    try {
      function.set("args", Json.read(call.arguments()));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static ObjectNode usage(Usage usage) {
    ObjectNode counts = JsonNodeFactory.instance.objectNode();
    put(counts, "promptTokenCount", usage.inputTokens());
    put(counts, "cachedContentTokenCount", usage.cachedInputTokens());
    put(counts, "thoughtsTokenCount", usage.reasoningTokens());
    Long output = usage.outputTokens();
    Long thoughts = usage.reasoningTokens();
    put(
        counts,
        "candidatesTokenCount",
        output == null || thoughts == null ? output : (Long) (output - thoughts));
    return counts;
  }

  private static void put(ObjectNode counts, String name, @Nullable Long count) {
    if (count != null) {
      counts.put(name, count);
    }
  }
}
