/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.provider;

/** A way in which a provider differs from the protocol it speaks. */
public enum Quirk {
  /**
   * The output limit is called {@code max_completion_tokens}; newer models refuse {@code
   * max_tokens}.
   *
   * @see <a href="https://platform.openai.com/docs/api-reference/chat/create">OpenAI, create chat
   *     completion</a>
   */
  MAX_COMPLETION_TOKENS,

  /**
   * Refuses {@code stream_options}; token counts of streams come unasked or not at all.
   *
   * @see <a href="https://docs.mistral.ai/api">Mistral, API</a>
   */
  NO_STREAM_OPTIONS,

  /**
   * The length of vectors is called {@code output_dimension}.
   *
   * @see <a href="https://docs.mistral.ai/api/#tag/embeddings">Mistral, embeddings</a>
   */
  OUTPUT_DIMENSION,

  /**
   * Below a base URL that ends in {@code /openai} the model is named in the path.
   *
   * @see <a href="https://learn.microsoft.com/azure/ai-foundry/openai/reference">Azure OpenAI, REST
   *     API reference</a>
   */
  DEPLOYMENT_IN_PATH,

  /**
   * Models lie below a publisher, which the base URL or a full name of a model names.
   *
   * @see <a href="https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference">
   *     Vertex AI, generate content</a>
   */
  PUBLISHER_IN_PATH,

  /**
   * Has no embeddings as its protocol defines them.
   *
   * @see <a href="https://console.groq.com/docs/models">Groq, models</a>
   */
  NO_EMBEDDINGS,

  /**
   * Has no list of models as its protocol defines it.
   *
   * @see <a href="https://cloud.google.com/vertex-ai/docs/reference/rest">Vertex AI, REST API</a>
   */
  NO_MODELS_LIST,

  /**
   * Says at {@code /health}, beside the version of its API, whether it can answer.
   *
   * @see <a href="https://github.com/ggml-org/llama.cpp/tree/master/tools/server">llama.cpp,
   *     server</a>
   */
  HEALTH_PATH,

  /**
   * Says at {@code /health/liveliness} that it runs; its {@code /health} calls every model.
   *
   * @see <a href="https://docs.litellm.ai/docs/proxy/health">LiteLLM, health checks</a>
   */
  LIVELINESS_PATH,

  /**
   * Has no {@code top_k}: an error at some, without effect at others.
   *
   * @see <a href="https://platform.openai.com/docs/api-reference/chat/create">OpenAI, create chat
   *     completion</a>
   */
  NO_TOP_K,

  /**
   * The seed is called {@code random_seed}.
   *
   * @see <a href="https://docs.mistral.ai/api">Mistral, API</a>
   */
  RANDOM_SEED,

  /**
   * Refuses {@code user}, which is therefore not sent: no answer depends on it.
   *
   * @see <a href="https://docs.mistral.ai/api">Mistral, API</a>
   */
  NO_USER,

  /**
   * Draws one answer, whatever {@code n} says.
   *
   * @see <a href="https://console.groq.com/docs/openai">Groq, OpenAI compatibility</a>
   */
  ONE_CHOICE,

  /**
   * Leaves it to the model whether tools are called and how many, whatever {@code tool_choice}
   * says.
   *
   * @see <a href="https://docs.ollama.com/api/openai-compatibility">Ollama, OpenAI
   *     compatibility</a>
   */
  NO_TOOL_CHOICE
}
