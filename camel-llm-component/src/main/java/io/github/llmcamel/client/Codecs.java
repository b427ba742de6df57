/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.codec.ChatCodec;
import io.github.llmcamel.codec.anthropic.AnthropicCodec;
import io.github.llmcamel.codec.gemini.GeminiCodec;
import io.github.llmcamel.codec.ollama.OllamaCodec;
import io.github.llmcamel.codec.openai.OpenAiCodec;
import io.github.llmcamel.provider.Protocol;

/** Which codec speaks which protocol. */
final class Codecs {

  private static final ChatCodec ANTHROPIC = new AnthropicCodec();
  private static final ChatCodec GEMINI = new GeminiCodec();
  private static final ChatCodec OLLAMA = new OllamaCodec();
  private static final ChatCodec OPENAI = new OpenAiCodec();

  private Codecs() {}

  /** The codec of a protocol. */
  static ChatCodec of(Protocol protocol) {
    return switch (protocol) {
      case OPENAI -> OPENAI;
      case OLLAMA -> OLLAMA;
      case ANTHROPIC -> ANTHROPIC;
      case GEMINI -> GEMINI;
    };
  }
}
