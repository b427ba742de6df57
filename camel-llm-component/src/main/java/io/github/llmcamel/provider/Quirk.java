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

  /** Refuses {@code stream_options}; token counts of streams come unasked or not at all. */
  NO_STREAM_OPTIONS,

  /**
   * Below a base URL that ends in {@code /openai} the model is named in the path.
   *
   * @see <a href="https://learn.microsoft.com/azure/ai-foundry/openai/reference">Azure OpenAI, REST
   *     API reference</a>
   */
  DEPLOYMENT_IN_PATH,

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
  LIVELINESS_PATH
}
