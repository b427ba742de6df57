/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.codec.ChatCodec;
import io.github.llmcamel.codec.ollama.OllamaCodec;
import io.github.llmcamel.codec.openai.OpenAiCodec;
import io.github.llmcamel.provider.Protocol;
import java.util.Optional;

/** Which codec speaks which protocol. */
final class Codecs {

  private static final Optional<ChatCodec> OPENAI = Optional.of(new OpenAiCodec());
  private static final Optional<ChatCodec> OLLAMA = Optional.of(new OllamaCodec());

  private Codecs() {}

  /** The codec of a protocol; empty if this version does not speak it yet. */
  static Optional<ChatCodec> find(Protocol protocol) {
    return switch (protocol) {
      case OPENAI -> OPENAI;
      case OLLAMA -> OLLAMA;
      case ANTHROPIC -> Optional.empty();
    };
  }
}
