/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.llmcamel.codec.ChatCodec;
import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.codec.anthropic.AnthropicCodec;
import io.github.llmcamel.codec.gemini.GeminiCodec;
import io.github.llmcamel.codec.ollama.OllamaCodec;
import io.github.llmcamel.codec.openai.OpenAiChatFormat;
import io.github.llmcamel.codec.openai.OpenAiCodec;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Protocol;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Providers;
import io.github.llmcamel.vectors.RequestVector;
import io.github.llmcamel.vectors.VectorFile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of {@code vectors.txt} about requests: from a pasted base URL to the bytes. */
class RequestVectorsTest {

  private static final JsonMapper JSON = new JsonMapper();

  static List<RequestVector> rows() {
    return VectorFile.requests();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isWrittenAsExpected(RequestVector row) throws IOException, LlmException {
    Provider provider = Providers.find(row.provider()).orElseThrow();
    URI base =
        row.base().isEmpty()
            ? Objects.requireNonNull(provider.baseUrl())
            : BaseUrl.parse(row.base(), "base", provider);
    JsonNode asked = JSON.readTree(row.request());
    ChatRequest request = OpenAiChatFormat.readIfJson(asked).orElseThrow();
    Delivery delivery = asked.path("stream").asBoolean() ? Delivery.STREAMED : Delivery.WHOLE;

    WireRequest written =
        codec(provider.protocol())
            .encode(request, delivery, new Destination(provider, base, null, Map.of()));

    String body = new String(written.body(), StandardCharsets.UTF_8);
    for (String item : row.expected()) {
      int space = item.indexOf(' ');
      String value = item.substring(space + 1);
      if (item.startsWith("url ")) {
        assertThat(written.uri()).hasToString(value);
      } else {
        JsonNode found = JSON.readTree(body).at(item.substring(0, space));
        assertThat(found.isMissingNode() ? "-" : found.toString()).as(item).isEqualTo(value);
      }
    }
  }

  private static ChatCodec codec(Protocol protocol) {
    return switch (protocol) {
      case OPENAI -> new OpenAiCodec();
      case OLLAMA -> new OllamaCodec();
      case ANTHROPIC -> new AnthropicCodec();
      case GEMINI -> new GeminiCodec();
    };
  }
}
