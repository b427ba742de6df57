/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llmcamel.codec.ChatCodec;
import io.github.llmcamel.codec.ChatCodecContract;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Providers;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

class OllamaCodecTest extends ChatCodecContract {

  private static final JsonMapper JSON = new JsonMapper();

  @Override
  protected String protocol() {
    return "ollama";
  }

  @Override
  protected ChatCodec codec() {
    return new OllamaCodec();
  }

  @Override
  protected byte[] wholeAnswer(ChatResponse response) {
    ChatResponse.Choice choice = response.choices().get(0);
    ObjectNode answer = JSON.createObjectNode().put("model", response.model());
    ObjectNode message = answer.putObject("message").put("role", "assistant");
    message.put("content", choice.text());
    put(message, "thinking", choice.reasoning());
    for (ToolCall call : choice.toolCalls()) {
      message
          .withArray("tool_calls")
          .addObject()
          .put("id", call.id())
          .putObject("function")
          .put("name", call.name())
          .set("arguments", json(call.arguments()));
    }
    FinishReason reason = Objects.requireNonNull(choice.finishReason());
    answer.put("done", true).put("done_reason", reason.raw());
    Usage usage = response.usage();
    put(answer, "prompt_eval_count", usage.inputTokens());
    put(answer, "eval_count", usage.outputTokens());
    return answer.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected String separator() {
    return "\n";
  }

  @Override
  protected String unknownPiece() {
    return "{\"status\":\"news\",\"items\":[{}]}\r\n\n";
  }

  @Override
  protected Destination destination() {
    return new Destination(
        Providers.find("ollama").orElseThrow(), URI.create("http://localhost:1"), null, Map.of());
  }

  /** Exactly: Ollama refuses an option that is a whole number and is not written as one. */
  @Override
  protected boolean isSame(JsonNode sent, JsonNode expected) {
    return sent.equals(expected);
  }

  private static void put(ObjectNode object, String name, @Nullable Object value) {
    if (value != null) {
      object.putPOJO(name, value);
    }
  }

  private static JsonNode json(String text) {
    try {
      return Json.read(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
