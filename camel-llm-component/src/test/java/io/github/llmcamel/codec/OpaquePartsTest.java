/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.codec.anthropic.AnthropicCodec;
import io.github.llmcamel.codec.gemini.GeminiCodec;
import io.github.llmcamel.codec.ollama.OllamaCodec;
import io.github.llmcamel.codec.openai.OpenAiCodec;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Providers;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What belongs to one protocol is sent in no other. */
class OpaquePartsTest {

  private static final Part STRANGE = new Part.Opaque("strange", "{\"secret\":1}");
  private static final Part TEXT = new Part.Text("a");

  static List<ChatCodec> codecs() {
    return List.of(new OpenAiCodec(), new OllamaCodec(), new AnthropicCodec(), new GeminiCodec());
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void anotherProtocolLeavesThemOut(ChatCodec codec) throws LlmException {
    assertThat(body(codec, List.of(TEXT, STRANGE))).isEqualTo(body(codec, List.of(TEXT)));
    assertThat(body(codec, List.of(STRANGE))).isEqualTo(body(codec, List.of()));
  }

  private static byte[] body(ChatCodec codec, List<Part> parts) throws LlmException {
    ToolCall call = new ToolCall("x", "f", "{}");
    ChatRequest request =
        ChatRequest.builder()
            .model("m")
            .message(Message.user("Hi."))
            .message(new Message.Assistant(parts, List.of(call)))
            .message(new Message.ToolResult("x", "f", List.of(TEXT)))
            .build();
    Destination anywhere =
        new Destination(
            Providers.find("vllm").orElseThrow(), URI.create("http://localhost:1"), null, Map.of());
    return codec.encode(request, Delivery.WHOLE, anywhere).body();
  }
}
