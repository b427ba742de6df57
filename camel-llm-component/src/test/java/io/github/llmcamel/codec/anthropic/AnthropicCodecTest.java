/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

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

/**
 * The recorded requests say nothing in which the two formats differ, or say it in members that are
 * sent as they are: so each is read as a gateway would and written again.
 */
class AnthropicCodecTest extends ChatCodecContract {

  @Override
  protected String protocol() {
    return "anthropic";
  }

  @Override
  protected ChatCodec codec() {
    return new AnthropicCodec();
  }

  @Override
  protected byte[] wholeAnswer(ChatResponse response) {
    ChatResponse.Choice choice = response.choices().get(0);
    ObjectNode message = object("type", "message");
    message.put("id", response.id());
    message.put("model", response.model());
    ArrayNode content = message.putArray("content");
    if (choice.reasoning() != null) {
      content.add(object("type", "thinking").put("thinking", choice.reasoning()));
    }
    if (!choice.text().isEmpty()) {
      content.add(object("type", "text").put("text", choice.text()));
    }
    choice.toolCalls().forEach(call -> content.add(toolUse(call)));
    message.put("stop_reason", Objects.requireNonNull(choice.finishReason()).raw());
    message.set("usage", usage(response.usage()));
    return message.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected String separator() {
    return "\n\n";
  }

  @Override
  protected String unknownPiece() {
    return "event: news\ndata: {\"type\":\"news\",\"index\":0}\n\n"
        + "event: content_block_delta\n"
        + "data: {\"type\":\"content_block_delta\",\"index\":0,"
        + "\"delta\":{\"type\":\"news_delta\",\"text\":\"no\"}}\n\n";
  }

  @Override
  protected Destination destination() {
    return Wire.ANYWHERE;
  }

  private static ObjectNode toolUse(ToolCall call) {
    try {
      ObjectNode block = object("type", "tool_use").put("id", call.id()).put("name", call.name());
      block.set("input", Json.read(call.arguments()));
      return block;
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static ObjectNode usage(Usage usage) {
    ObjectNode counts = JsonNodeFactory.instance.objectNode();
    long apart = orZero(usage.cachedInputTokens()) + orZero(usage.cacheWriteInputTokens());
    counts.put("input_tokens", orZero(usage.inputTokens()) - apart);
    counts.put("cache_read_input_tokens", usage.cachedInputTokens());
    counts.put("cache_creation_input_tokens", usage.cacheWriteInputTokens());
    counts.put("output_tokens", usage.outputTokens());
    counts.putObject("output_tokens_details").put("thinking_tokens", usage.reasoningTokens());
    return counts;
  }

  private static long orZero(@Nullable Long count) {
    return count == null ? 0 : count;
  }

  private static ObjectNode object(String member, String value) {
    return JsonNodeFactory.instance.objectNode().put(member, value);
  }
}
