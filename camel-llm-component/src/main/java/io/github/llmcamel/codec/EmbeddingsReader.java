/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.model.EmbeddingsResponse;
import io.github.llmcamel.model.Usage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads vectors, wherever a server puts them: {@code data[].embedding} (OpenAI), {@code
 * embeddings[]} (Ollama), {@code embedding} (one, Ollama's older path), and the last two with
 * {@code values} inside (Gemini). Confined to one answer.
 */
final class EmbeddingsReader {

  private final ReplyHead head;
  private final float[] @Nullable [] vectors;

  /**
   * @param inputs how many texts were sent
   */
  EmbeddingsReader(ReplyHead head, int inputs) {
    this.head = head;
    this.vectors = new float[inputs][];
  }

  EmbeddingsResponse read(JsonNode answer) throws LlmProtocolException {
    JsonNode data = answer.path("data");
    JsonNode list = data.isArray() ? data : answer.path("embeddings");
    if (list.isArray()) {
      for (int position = 0; position < list.size(); position++) {
        put(place(list.get(position), position), list.get(position));
      }
    } else if (answer.has("embedding")) {
      put(0L, answer.path("embedding"));
    } else {
      throw BrokenReply.unreadable(head, "JSON that is cut off or has no vectors");
    }
    return new EmbeddingsResponse(Json.nonEmptyText(answer.path("model")), all(), usage(answer));
  }

  /** Whose vector it is: OpenAI's are numbered, and may come in any order. */
  private static @Nullable Long place(JsonNode item, int position) {
    return item.hasNonNull("index") ? Json.count(item.path("index")) : Long.valueOf(position);
  }

  private void put(@Nullable Long place, JsonNode item) throws LlmProtocolException {
    if (place == null || place >= vectors.length || vectors[place.intValue()] != null) {
      throw BrokenReply.unreadable(
          head, "vectors that do not belong to one of the %d texts each".formatted(vectors.length));
    }
    JsonNode vector = item.has("embedding") ? item.path("embedding") : item;
    vectors[place.intValue()] = floats(vector.has("values") ? vector.path("values") : vector);
  }

  private List<float[]> all() throws LlmProtocolException {
    List<float[]> all = new ArrayList<>(vectors.length);
    for (float[] vector : vectors) {
      if (vector == null) {
        throw BrokenReply.unreadable(
            head, "fewer vectors than the %d texts it was sent".formatted(vectors.length));
      }
      all.add(vector);
    }
    return all;
  }

  private float[] floats(JsonNode vector) throws LlmProtocolException {
    float[] floats = vector.isTextual() ? decoded(vector.textValue()) : numbers(vector);
    for (float number : floats) {
      if (!Float.isFinite(number)) {
        throw BrokenReply.unreadable(head, "a vector with something in it that is no number");
      }
    }
    if (floats.length == 0) {
      throw BrokenReply.unreadable(head, "a vector without numbers");
    }
    return floats;
  }

  private static float[] numbers(JsonNode array) {
    float[] floats = new float[array.size()];
    for (int i = 0; i < floats.length; i++) {
      JsonNode number = array.path(i);
      floats[i] = number.isNumber() ? number.floatValue() : Float.NaN;
    }
    return floats;
  }

  /** Base64 of 32-bit floats, the lowest byte first. */
  private float[] decoded(String base64) throws LlmProtocolException {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw BrokenReply.unreadable(head, "a vector that is not base64");
    }
    if (bytes.length % Float.BYTES != 0) {
      throw BrokenReply.unreadable(head, "a vector in base64 that ends within a number");
    }
    float[] floats = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }

  /** All tokens are input; no text has none, so that 0 is what gateways send for "unknown". */
  private static Usage usage(JsonNode answer) {
    JsonNode usage = answer.path("usage");
    JsonNode metadata = answer.path("usageMetadata");
    return Stream.of(
            usage.path("prompt_tokens"),
            usage.path("total_tokens"),
            answer.path("prompt_eval_count"),
            metadata.path("promptTokenCount"))
        .map(Json::count)
        .filter(count -> count != null && count > 0)
        .findFirst()
        .map(count -> new Usage(count, null, null, null, null, raw(usage, metadata)))
        .orElse(Usage.UNKNOWN);
  }

  private static @Nullable String raw(JsonNode usage, JsonNode metadata) {
    JsonNode raw = usage.isObject() ? usage : metadata;
    return raw.isObject() ? raw.toString() : null;
  }
}
