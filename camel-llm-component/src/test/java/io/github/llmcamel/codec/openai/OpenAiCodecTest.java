/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llmcamel.codec.ChatCodec;
import io.github.llmcamel.codec.ChatCodecContract;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Providers;
import io.github.llmcamel.testkit.Transcript;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Its requests are what a gateway would be sent, so each transcript's request is read and written.
 */
class OpenAiCodecTest extends ChatCodecContract {

  private static final URI BASE = URI.create("http://localhost:1/v1");
  private static final Destination ANYWHERE =
      new Destination(Providers.openAiCompatible("acme", BASE), BASE, null, Map.of());

  @Override
  protected String protocol() {
    return "openai";
  }

  @Override
  protected ChatCodec codec() {
    return new OpenAiCodec();
  }

  @Override
  protected byte[] wholeAnswer(ChatResponse response) {
    return OpenAiChatFormat.write(response, null).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected String separator() {
    return "\n\n";
  }

  @Override
  protected String unknownPiece() {
    return ": a comment\n\nevent: news\nretry: 3\ndata: {\"object\":\"news\",\"items\":[{}]}\n\n";
  }

  @ParameterizedTest
  @MethodSource("requests")
  void writesTheRequestOfTheTranscript(Transcript transcript) throws LlmException {
    JsonNode expected = Objects.requireNonNull(transcript.request());
    Delivery delivery = expected.path("stream").asBoolean() ? Delivery.STREAMED : Delivery.WHOLE;

    byte[] written =
        codec()
            .encode(OpenAiChatFormat.readIfJson(expected).orElseThrow(), delivery, ANYWHERE)
            .body();

    // Only a stream that was recorded without usage differs: we always ask for it.
    ObjectNode sent = (ObjectNode) Objects.requireNonNull(Json.tryRead(written, written.length));
    if (!expected.has("stream_options")) {
      sent.remove("stream_options");
    }
    assertSameJson(sent, expected);
  }
}
