/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llmcamel.codec.ChatCodec;
import io.github.llmcamel.codec.ChatCodecContract;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Providers;
import io.github.llmcamel.testkit.Transcript;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * Its requests are what a gateway would be sent, so each transcript's request is read and written.
 */
class OpenAiCodecTest extends ChatCodecContract {

  private static final CompletionDefaults DEFAULTS =
      new CompletionDefaults("unsaid", "unsaid", Instant.EPOCH);
  private static final URI BASE = URI.create("http://localhost:1/v1");

  @Override
  protected String protocol() {
    return "openai";
  }

  @Override
  protected ChatCodec codec() {
    return new OpenAiCodec();
  }

  /** Without what the writer adds for its clients. */
  @Override
  protected byte[] wholeAnswer(ChatResponse response) {
    ObjectNode written = (ObjectNode) tree(OpenAiChatFormat.write(response, DEFAULTS));
    written.put("id", response.id()).put("model", response.model());
    for (ChatResponse.Choice choice : response.choices()) {
      FinishReason reason = choice.finishReason();
      ((ObjectNode) written.path("choices").get(choice.index()))
          .put("finish_reason", reason == null ? null : reason.word());
    }
    return written.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode tree(String json) {
    try {
      return Json.read(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  protected String separator() {
    return "\n\n";
  }

  @Override
  protected String unknownPiece() {
    return ": a comment\n\nevent: news\nretry: 3\ndata: {\"object\":\"news\",\"items\":[{}]}\n\n";
  }

  @Override
  protected Destination destination() {
    return new Destination(Providers.openAiCompatible("acme", BASE), BASE, null, Map.of());
  }

  /** Also of a stream that was recorded without usage: we always ask for it. */
  @Override
  protected JsonNode expected(Transcript transcript) {
    ObjectNode request = super.expected(transcript).deepCopy();
    if (request.path("stream").asBoolean()) {
      request.putObject("stream_options").put("include_usage", true);
    }
    return request;
  }
}
