/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llmcamel.model.EmbeddingsRequest;
import io.github.llmcamel.model.EmbeddingsResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's format of embeddings: https://platform.openai.com/docs/api-reference/embeddings.
 *
 * <p>Vectors are written as clients ask for them. That is in Base64 unless told otherwise for the
 * official ones of Python and JavaScript, and they do not accept anything else then.
 */
public final class EmbeddingsFormat {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_INPUTS = 2_048;

  private static final Set<String> TYPED =
      Set.of("model", "input", "dimensions", "user", "encoding_format");

  private EmbeddingsFormat() {}

  /**
   * Reads a request.
   *
   * @throws RequestRefusedException if it is none
   */
  public static EmbeddingsRequest read(JsonNode body) throws RequestRefusedException {
    Map<String, Object> extras = new LinkedHashMap<>();
    body.properties()
        .forEach(
            member -> {
              if (!TYPED.contains(member.getKey())) {
                extras.put(member.getKey(), JSON.convertValue(member.getValue(), Object.class));
              }
            });
    return new EmbeddingsRequest(
        body.path("model").textValue(),
        inputs(body.path("input")),
        dimensions(body.path("dimensions")),
        user(body.path("user")),
        extras);
  }

  /**
   * Whether the vectors are to be written in Base64.
   *
   * @throws RequestRefusedException if there is no such encoding
   */
  public static boolean isBase64(JsonNode body) throws RequestRefusedException {
    JsonNode format = body.path("encoding_format");
    if (format.isMissingNode() || format.isNull() || "float".equals(format.textValue())) {
      return false;
    }
    if ("base64".equals(format.textValue())) {
      return true;
    }
    throw refused("encoding_format", "encoding_format is neither float nor base64.");
  }

  /**
   * Writes a response.
   *
   * @param model stands where the provider names none
   */
  public static byte[] write(EmbeddingsResponse response, @Nullable String model, boolean base64) {
    ObjectNode json = JSON.createObjectNode();
    json.put("object", "list");
    ArrayNode data = json.putArray("data");
    for (float[] vector : response.vectors()) {
      ObjectNode one = data.addObject();
      one.put("object", "embedding");
      one.put("index", data.size() - 1);
      if (base64) {
        one.put("embedding", base64(vector));
      } else {
        ArrayNode numbers = one.putArray("embedding");
        for (float number : vector) {
          numbers.add(number);
        }
      }
    }
    json.put("model", response.model() != null ? response.model() : model);
    Long tokens = response.usage().inputTokens();
    if (tokens != null) {
      json.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
    }
    return Bytes.of(json);
  }

  private static String base64(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static List<String> inputs(JsonNode input) throws RequestRefusedException {
    if (input.isTextual()) {
      return List.of(text(input));
    }
    if (!input.isArray() || input.isEmpty()) {
      throw refused("input", "input is neither a text nor a list of texts.");
    }
    if (input.size() > MOST_INPUTS) {
      throw refused(
          "input",
          "input has %d texts; %d may be sent at once.".formatted(input.size(), MOST_INPUTS));
    }
    List<String> texts = new ArrayList<>(input.size());
    for (JsonNode text : input) {
      texts.add(text(text));
    }
    return texts;
  }

  private static String text(JsonNode input) throws RequestRefusedException {
    if (input.isNumber() || input.isArray()) {
      throw refused(
          "input", "input holds numbers of tokens, which other models count otherwise. Send text.");
    }
    if (!input.isTextual() || input.textValue().isBlank()) {
      throw refused("input", "input holds something that is no text, or an empty one.");
    }
    return input.textValue();
  }

  private static @Nullable String user(JsonNode value) throws RequestRefusedException {
    if (value.isTextual() || value.isMissingNode() || value.isNull()) {
      return value.textValue();
    }
    throw refused("user", "user is no string.");
  }

  private static @Nullable Integer dimensions(JsonNode value) throws RequestRefusedException {
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.canConvertToInt() || !value.isIntegralNumber() || value.intValue() < 1) {
      throw refused("dimensions", "dimensions is no whole number above 0.");
    }
    return value.intValue();
  }

  private static RequestRefusedException refused(String member, String message) {
    return new RequestRefusedException(OpenAiError.invalidMember(member, message));
  }
}
