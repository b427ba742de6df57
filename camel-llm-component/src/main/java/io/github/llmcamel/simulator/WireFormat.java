/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of the OpenAI protocol, members in OpenAI's order.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">OpenAI, chat completions</a>
 */
final class WireFormat {

  static final String DEFAULT_MODEL = "demo";

  private static final String SIMULATOR = "simulator";
  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private WireFormat() {}

  static JsonNode read(byte[] body) throws InvalidRequestException {
    try {
      JsonNode root = READER.readValue(body);
      if (root.isObject()) {
        return root;
      }
    } catch (IOException e) {
      // The parser's own message may quote the prompt.
    }
    throw new InvalidRequestException(null, "The request body must be one JSON object in UTF-8.");
  }

  static byte[] whole(Completion completion) {
    ObjectNode root = head(completion, "chat.completion");
    for (int index = 0; index < completion.choices(); index++) {
      ObjectNode choice = root.withArray("choices").addObject().put("index", index);
      ObjectNode message = choice.putObject("message").put("role", "assistant");
      if (completion.tool() == null) {
        message.put("content", completion.text());
      } else {
        toolCall(message.putNull("content"), completion, index).put("arguments", completion.text());
      }
      message.putNull("refusal");
      choice.putNull("logprobs").put("finish_reason", completion.finishReason());
    }
    putUsage(root, completion);
    return bytes(root.put("system_fingerprint", SIMULATOR));
  }

  static byte[] roleChunk(Completion completion, CompletionRequest.Form form, int choice) {
    ObjectNode delta = object().put("role", "assistant");
    if (completion.tool() == null) {
      delta.put("content", "");
    } else {
      toolCall(delta.putNull("content"), completion, choice).put("arguments", "");
    }
    return chunk(completion, form, choice, delta.putNull("refusal"), null);
  }

  static byte[] contentChunk(
      Completion completion, CompletionRequest.Form form, int choice, String token) {
    ObjectNode delta = object();
    if (completion.tool() == null) {
      delta.put("content", token);
    } else {
      ObjectNode call = delta.putArray("tool_calls").addObject().put("index", 0);
      call.putObject("function").put("arguments", token);
    }
    return chunk(completion, form, choice, delta, null);
  }

  static byte[] finishChunk(Completion completion, CompletionRequest.Form form, int choice) {
    return chunk(completion, form, choice, object(), completion.finishReason());
  }

  static byte[] usageChunk(Completion completion) {
    ObjectNode root = chunkHead(completion);
    root.putArray("choices");
    putUsage(root, completion);
    return event(root.toString());
  }

  static byte[] done() {
    return event("[DONE]");
  }

  static byte[] models() {
    ObjectNode root = object().put("object", "list");
    root.putArray("data")
        .addObject()
        .put("id", DEFAULT_MODEL)
        .put("object", "model")
        .put("created", 0)
        .put("owned_by", SIMULATOR);
    return bytes(root);
  }

  static byte[] embeddings(EmbeddingsQuestion question) {
    ObjectNode root = object().put("object", "list");
    ArrayNode data = root.putArray("data");
    for (String input : question.inputs()) {
      float[] vector = TextVector.of(input, question.dimensions());
      ObjectNode item = data.addObject().put("object", "embedding").put("index", data.size() - 1);
      if (question.form() == EmbeddingsQuestion.Form.BASE64) {
        ByteBuffer floats =
            ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        floats.asFloatBuffer().put(vector);
        item.put("embedding", Base64.getEncoder().encodeToString(floats.array()));
      } else {
        ArrayNode numbers = item.putArray("embedding");
        for (float number : vector) {
          numbers.add(number);
        }
      }
    }
    root.put("model", question.model())
        .putObject("usage")
        .put("prompt_tokens", question.tokens())
        .put("total_tokens", question.tokens());
    return bytes(root);
  }

  /**
   * @param member the member of the request that is wrong, if it is one
   */
  static byte[] invalidRequest(String message, @Nullable String member) {
    return error(message, "invalid_request_error", member, null);
  }

  static byte[] rateLimit() {
    return error(
        "Too many requests; simulated, as the request asks.",
        "requests",
        null,
        "rate_limit_exceeded");
  }

  static byte[] serverError() {
    return error(
        "The server had an error; simulated, as the request asks.", "server_error", null, null);
  }

  private static byte[] error(
      String message, String type, @Nullable String member, @Nullable String code) {
    ObjectNode root = object();
    root.putObject("error")
        .put("message", message)
        .put("type", type)
        .put("param", member)
        .put("code", code);
    return bytes(root);
  }

  private static byte[] chunk(
      Completion completion,
      CompletionRequest.Form form,
      int index,
      ObjectNode delta,
      @Nullable String finishReason) {
    ObjectNode root = chunkHead(completion);
    root.putArray("choices")
        .addObject()
        .put("index", index)
        .<ObjectNode>set("delta", delta)
        .putNull("logprobs")
        .put("finish_reason", finishReason);
    if (form == CompletionRequest.Form.STREAM_WITH_USAGE) {
      root.putNull("usage");
    }
    return event(root.toString());
  }

  /** Adds the call of a tool, and returns the function for its arguments. */
  private static ObjectNode toolCall(ObjectNode to, Completion completion, int choice) {
    return to.putArray("tool_calls")
        .addObject()
        .put("index", 0)
        .put("id", completion.toolCallId(choice))
        .put("type", "function")
        .putObject("function")
        .put("name", completion.tool());
  }

  private static ObjectNode chunkHead(Completion completion) {
    return head(completion, "chat.completion.chunk").put("system_fingerprint", SIMULATOR);
  }

  private static ObjectNode head(Completion completion, String kind) {
    return object()
        .put("id", completion.id())
        .put("object", kind)
        .put("created", 0)
        .put("model", completion.model());
  }

  private static void putUsage(ObjectNode root, Completion completion) {
    root.putObject("usage")
        .put("prompt_tokens", completion.promptTokens())
        .put("completion_tokens", completion.completionTokens())
        .put("total_tokens", completion.promptTokens() + completion.completionTokens());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static byte[] event(String data) {
    return ("data: " + data + "\n\n").getBytes(UTF_8);
  }

  private static byte[] bytes(ObjectNode root) {
    return root.toString().getBytes(UTF_8);
  }
}
