/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.model.Part;
import java.nio.charset.StandardCharsets;

/**
 * A block that is put together again as it would have come unstreamed. Confined to one call.
 *
 * <p>Thinking must go back word by word under its signature; without a signature it need not.
 */
final class KeptBlock {

  private final ObjectNode block;
  private final StringBuilder thinking = new StringBuilder();
  private final StringBuilder signature = new StringBuilder();
  private final StringBuilder input = new StringBuilder();

  /** A block that begins with {@code start}, an object. */
  KeptBlock(JsonNode start) {
    this.block = start.deepCopy();
    this.thinking.append(start.path("thinking").asText());
    this.signature.append(start.path("signature").asText());
  }

  void add(JsonNode delta) {
    thinking.append(delta.path("thinking").asText());
    signature.append(delta.path("signature").asText());
    input.append(delta.path("partial_json").asText());
  }

  boolean mustGoBack() {
    return !type().equals("thinking") || !signature.isEmpty();
  }

  Part part() {
    if (type().equals("thinking")) {
      block.put("thinking", thinking.toString()).put("signature", signature.toString());
    }
    byte[] json = input.toString().getBytes(StandardCharsets.UTF_8);
    JsonNode whole = json.length == 0 ? null : Json.tryRead(json, json.length);
    if (whole != null) {
      block.set("input", whole);
    }
    return new Part.Opaque(AnthropicCodec.NAME, block.toString());
  }

  private String type() {
    return block.path("type").asText();
  }
}
