/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.provider;

import static io.github.llmcamel.provider.Protocol.ANTHROPIC;
import static io.github.llmcamel.provider.Protocol.GEMINI;
import static io.github.llmcamel.provider.Protocol.OLLAMA;
import static io.github.llmcamel.provider.Quirk.DEPLOYMENT_IN_PATH;
import static io.github.llmcamel.provider.Quirk.HEALTH_PATH;
import static io.github.llmcamel.provider.Quirk.LIVELINESS_PATH;
import static io.github.llmcamel.provider.Quirk.MAX_COMPLETION_TOKENS;
import static io.github.llmcamel.provider.Quirk.NO_EMBEDDINGS;
import static io.github.llmcamel.provider.Quirk.NO_MODELS_LIST;
import static io.github.llmcamel.provider.Quirk.NO_STREAM_OPTIONS;
import static io.github.llmcamel.provider.Quirk.NO_TOOL_CHOICE;
import static io.github.llmcamel.provider.Quirk.NO_TOP_K;
import static io.github.llmcamel.provider.Quirk.NO_USER;
import static io.github.llmcamel.provider.Quirk.ONE_CHOICE;
import static io.github.llmcamel.provider.Quirk.OUTPUT_DIMENSION;
import static io.github.llmcamel.provider.Quirk.PUBLISHER_IN_PATH;
import static io.github.llmcamel.provider.Quirk.RANDOM_SEED;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table of the providers that are known by name. */
public final class Providers {

  /** The name of the built-in provider that needs no network. */
  public static final String SIMULATOR = "simulator";

  /** The scheme of the simulator's base URL: what tells it from a server. */
  public static final String SIMULATOR_SCHEME = "simulator";

  private static final Auth API_KEY = new Auth.HeaderKey("api-key");
  private static final Auth X_GOOG_API_KEY = new Auth.HeaderKey("x-goog-api-key");
  private static final Auth X_API_KEY = new Auth.HeaderKey("x-api-key");

  // One provider is one line; PresetContractTest shows what each of them makes of a request.
  // spotless:off
  private static final List<Provider> BUILT_IN = Stream.of(
      preset("ollama").protocol(OLLAMA).baseUrl("http://localhost:11434").baseUrlVariables("OLLAMA_BASE_URL", "OLLAMA_HOST").optionalKey("OLLAMA_API_KEY"),
      preset("openai").baseUrl("https://api.openai.com/v1").requiredKey("OPENAI_API_KEY").quirks(MAX_COMPLETION_TOKENS, NO_TOP_K),
      preset("anthropic").protocol(ANTHROPIC).baseUrl("https://api.anthropic.com").auth(X_API_KEY).requiredKey("ANTHROPIC_API_KEY"),
      preset("vllm").baseUrl("http://localhost:8000/v1").quirks(HEALTH_PATH),
      preset("llamacpp").baseUrl("http://localhost:8080/v1").quirks(HEALTH_PATH),
      preset("lmstudio").baseUrl("http://localhost:1234/v1"),
      preset("groq").baseUrl("https://api.groq.com/openai/v1").requiredKey("GROQ_API_KEY").quirks(MAX_COMPLETION_TOKENS, NO_EMBEDDINGS, NO_TOP_K, ONE_CHOICE),
      preset("together").baseUrl("https://api.together.xyz/v1").requiredKey("TOGETHER_API_KEY"),
      preset("fireworks").baseUrl("https://api.fireworks.ai/inference/v1").requiredKey("FIREWORKS_API_KEY"),
      preset("azure_openai").telemetryName("azure.ai.openai").basePath("/openai/v1").auth(API_KEY).requiredKey("AZURE_OPENAI_API_KEY").quirks(DEPLOYMENT_IN_PATH, MAX_COMPLETION_TOKENS, NO_TOP_K),
      preset("azure_ai_inference").telemetryName("azure.ai.inference").basePath("/models").auth(API_KEY).requiredKey("AZURE_INFERENCE_CREDENTIAL").quirks(NO_TOP_K),
      preset("litellm").baseUrl("http://localhost:4000/v1").quirks(LIVELINESS_PATH),
      preset("gemini").protocol(GEMINI).telemetryName("gcp.gemini").baseUrl("https://generativelanguage.googleapis.com/v1beta").auth(X_GOOG_API_KEY).requiredKey("GEMINI_API_KEY", "GOOGLE_API_KEY"),
      preset("vertex_gemini").protocol(GEMINI).telemetryName("gcp.vertex_ai").requiredKey("GOOGLE_OAUTH_ACCESS_TOKEN").quirks(NO_EMBEDDINGS, NO_MODELS_LIST, PUBLISHER_IN_PATH),
      preset("mistral").telemetryName("mistral_ai").baseUrl("https://api.mistral.ai/v1").requiredKey("MISTRAL_API_KEY").quirks(NO_STREAM_OPTIONS, NO_TOP_K, NO_USER, OUTPUT_DIMENSION, RANDOM_SEED),
      preset("deepseek").baseUrl("https://api.deepseek.com").requiredKey("DEEPSEEK_API_KEY").quirks(NO_TOP_K),
      preset("xai").telemetryName("x_ai").baseUrl("https://api.x.ai/v1").requiredKey("XAI_API_KEY").quirks(MAX_COMPLETION_TOKENS, NO_TOP_K),
      preset("openrouter").baseUrl("https://openrouter.ai/api/v1").requiredKey("OPENROUTER_API_KEY"),
      preset("perplexity").baseUrl("https://api.perplexity.ai").requiredKey("PERPLEXITY_API_KEY").quirks(NO_STREAM_OPTIONS),
      preset("cohere_compat").telemetryName("cohere").baseUrl("https://api.cohere.ai/compatibility/v1").requiredKey("COHERE_API_KEY", "CO_API_KEY").maxEmbeddingInputs(96).quirks(NO_STREAM_OPTIONS, NO_TOP_K),
      preset("gemini_compat").telemetryName("gcp.gemini").baseUrl("https://generativelanguage.googleapis.com/v1beta/openai").requiredKey("GEMINI_API_KEY", "GOOGLE_API_KEY").quirks(NO_TOP_K),
      preset("nvidia_nim").baseUrl("https://integrate.api.nvidia.com/v1").requiredKey("NVIDIA_API_KEY"),
      preset("huggingface").baseUrl("https://router.huggingface.co/v1").requiredKey("HF_TOKEN"),
      preset("tgi").telemetryName("huggingface").baseUrl("http://localhost:3000/v1").quirks(HEALTH_PATH, NO_TOP_K, ONE_CHOICE),
      preset("cerebras").baseUrl("https://api.cerebras.ai/v1").requiredKey("CEREBRAS_API_KEY").quirks(MAX_COMPLETION_TOKENS, NO_TOP_K),
      preset("localai").baseUrl("http://localhost:8080/v1"),
      preset("sambanova").baseUrl("https://api.sambanova.ai/v1").requiredKey("SAMBANOVA_API_KEY"),
      preset("moonshot").telemetryName("moonshot_ai").baseUrl("https://api.moonshot.ai/v1").requiredKey("MOONSHOT_API_KEY").quirks(NO_TOP_K),
      preset("ollama_compat").telemetryName("ollama").baseUrl("http://localhost:11434/v1").baseUrlVariables("OLLAMA_BASE_URL", "OLLAMA_HOST").optionalKey("OLLAMA_API_KEY").quirks(NO_TOOL_CHOICE, NO_TOP_K, ONE_CHOICE),
      preset(SIMULATOR).baseUrl(SIMULATOR_SCHEME + "://simulator/v1").auth(new Auth.None()))
      .map(ProviderBuilder::build).toList();
  // spotless:on

  private Providers() {}

  /** All known providers, in the order of the documentation. */
  public static List<Provider> all() {
    return BUILT_IN;
  }

  /** The provider of that name, if it is a known one. */
  public static Optional<Provider> find(String name) {
    return BUILT_IN.stream().filter(provider -> provider.name().equals(name)).findFirst();
  }

  /**
   * A provider of the user's own that speaks the OpenAI protocol, shows a key as a bearer token if
   * there is one, and has no peculiarities.
   *
   * @param baseUrl null if it is given elsewhere
   */
  public static Provider openAiCompatible(String name, @Nullable URI baseUrl) {
    return Provider.builder(name).baseUrl(baseUrl).build();
  }

  private static ProviderBuilder preset(String name) {
    return Provider.builder(name);
  }
}
