/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.provider;

/** A wire dialect. Azure OpenAI is OpenAI with another key header, not a protocol of its own. */
public enum Protocol {
  /** Chat completions as OpenAI defines them, and everything compatible. */
  OPENAI,
  /** Ollama's own API under {@code /api}. */
  OLLAMA,
  /** Anthropic's Messages API. */
  ANTHROPIC,
  /** Google's Gemini API, also where Vertex AI offers it. */
  GEMINI
}
