/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.codec.ChatCodec;
import io.github.llmcamel.codec.EmbeddingsCodec;
import io.github.llmcamel.codec.ModelsCodec;
import io.github.llmcamel.codec.anthropic.AnthropicCodec;
import io.github.llmcamel.codec.anthropic.AnthropicModelsCodec;
import io.github.llmcamel.codec.gemini.GeminiCodec;
import io.github.llmcamel.codec.gemini.GeminiEmbeddingsCodec;
import io.github.llmcamel.codec.gemini.GeminiModelsCodec;
import io.github.llmcamel.codec.ollama.OllamaCodec;
import io.github.llmcamel.codec.ollama.OllamaEmbeddingsCodec;
import io.github.llmcamel.codec.ollama.OllamaModelsCodec;
import io.github.llmcamel.codec.openai.OpenAiCodec;
import io.github.llmcamel.codec.openai.OpenAiEmbeddingsCodec;
import io.github.llmcamel.codec.openai.OpenAiModelsCodec;
import io.github.llmcamel.provider.Protocol;
import java.util.Optional;

/** Which codecs speak which protocol. */
final class Codecs {

  private static final ChatCodec ANTHROPIC = new AnthropicCodec();
  private static final ChatCodec GEMINI = new GeminiCodec();
  private static final ChatCodec OLLAMA = new OllamaCodec();
  private static final ChatCodec OPENAI = new OpenAiCodec();
  private static final EmbeddingsCodec GEMINI_EMBEDDINGS = new GeminiEmbeddingsCodec();
  private static final EmbeddingsCodec OLLAMA_EMBEDDINGS = new OllamaEmbeddingsCodec();
  private static final EmbeddingsCodec OPENAI_EMBEDDINGS = new OpenAiEmbeddingsCodec();
  private static final ModelsCodec ANTHROPIC_MODELS = new AnthropicModelsCodec();
  private static final ModelsCodec GEMINI_MODELS = new GeminiModelsCodec();
  private static final ModelsCodec OLLAMA_MODELS = new OllamaModelsCodec();
  private static final ModelsCodec OPENAI_MODELS = new OpenAiModelsCodec();

  private Codecs() {}

  /** The codec of a protocol for conversations. */
  static ChatCodec chat(Protocol protocol) {
    return switch (protocol) {
      case OPENAI -> OPENAI;
      case OLLAMA -> OLLAMA;
      case ANTHROPIC -> ANTHROPIC;
      case GEMINI -> GEMINI;
    };
  }

  /** The codec of a protocol for embeddings; empty if it has none. */
  static Optional<EmbeddingsCodec> embeddings(Protocol protocol) {
    return switch (protocol) {
      case OPENAI -> Optional.of(OPENAI_EMBEDDINGS);
      case OLLAMA -> Optional.of(OLLAMA_EMBEDDINGS);
      case ANTHROPIC -> Optional.empty();
      case GEMINI -> Optional.of(GEMINI_EMBEDDINGS);
    };
  }

  /** The codec of a protocol for lists of models. */
  static ModelsCodec models(Protocol protocol) {
    return switch (protocol) {
      case OPENAI -> OPENAI_MODELS;
      case OLLAMA -> OLLAMA_MODELS;
      case ANTHROPIC -> ANTHROPIC_MODELS;
      case GEMINI -> GEMINI_MODELS;
    };
  }
}
