/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.error.LlmException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Call large language models: Ollama, OpenAI, Anthropic, Gemini and every OpenAI-compatible server.
 *
 * <p>Asynchronous: a call occupies no thread while the model answers. The body becomes the answer,
 * headers say which model answered and how many tokens it took.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "llm",
    title = "LLM",
    syntax = "llm:provider",
    category = {Category.AI},
    producerOnly = true,
    headersClass = LlmConstants.class)
public class LlmEndpoint extends DefaultEndpoint implements EndpointServiceLocation {

  /**
   * Who answers: ollama, openai, anthropic, vllm, llamacpp, lmstudio, groq, together, fireworks,
   * azure_openai, azure_ai_inference, litellm, gemini, vertex_gemini, mistral, deepseek, xai,
   * openrouter, perplexity, cohere_compat, gemini_compat, nvidia_nim, huggingface, tgi, cerebras,
   * localai, sambanova, moonshot or ollama_compat; simulator, which needs no network; the name of a
   * provider of your own, from the configuration or of a Provider bean; or default, the one the
   * configuration or the environment variable LLM_PROVIDER names.
   */
  @UriPath
  @Metadata(required = true)
  private final String provider;

  @UriParam private final LlmConfiguration configuration;

  private @Nullable LlmSettings settings;
  private volatile @Nullable LlmBinding previews;

  LlmEndpoint(String uri, LlmComponent component, String provider, LlmConfiguration configuration) {
    super(uri, component);
    this.provider = provider;
    this.configuration = configuration;
  }

  /** The name in the URI. */
  public String getProvider() {
    return provider;
  }

  /** The options of the URI alone, without what the component or the environment adds. */
  public LlmConfiguration getConfiguration() {
    return configuration;
  }

  @Override
  public LlmComponent getComponent() {
    return (LlmComponent) super.getComponent();
  }

  @Override
  public Producer createProducer() {
    return new LlmProducer(this);
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException(
        "llm: answers, it does not consume. Use it in to(), not in from().");
  }

  /**
   * What a call with this exchange would send, its prompts evaluated, without sending it. Results
   * of an earlier call are removed from the message's headers, as by a call; its body is read, so a
   * body that can be read but once is not for this.
   *
   * @throws LlmException what the call would fail with before it is sent
   */
  public RequestPreview preview(Exchange exchange) throws LlmException {
    LlmBinding binding = previews;
    if (binding == null) {
      binding = new LlmBinding(settings(), getCamelContext());
      previews = binding;
    }
    return RequestPreview.of(binding.read(exchange).call());
  }

  /** The base URL, without its query. */
  @Override
  public String getServiceUrl() {
    URI url = settings().destination().baseUrl();
    return "%s://%s%s".formatted(url.getScheme(), url.getRawAuthority(), url.getRawPath());
  }

  @Override
  public String getServiceProtocol() {
    return settings().destination().baseUrl().getScheme();
  }

  @Override
  public Map<String, String> getServiceMetadata() {
    String model = settings().model();
    String name = settings().destination().provider().name();
    return model == null ? Map.of("provider", name) : Map.of("provider", name, "model", model);
  }

  /** The name of the stage of a pipeline that this endpoint is; null if it has none. */
  public @Nullable String getStageName() {
    return settings().stageName();
  }

  /**
   * The version of the prompt: the option promptVersion, else the first 12 hexadecimal digits of a
   * SHA-256 over systemMessage and userMessage, as written and not yet evaluated, and the schema of
   * the answer. Null if there is none of these.
   *
   * <p>Headers of a message can put another prompt in its place: {@code CamelLlmSystemMessage} and
   * {@code CamelLlmUserMessage}.
   */
  public @Nullable String getPromptVersion() {
    PromptVersion version = settings().promptVersion();
    return version == null ? null : version.text();
  }

  /**
   * Stands for everything but the prompt that can change the answer: operation, provider, model,
   * sampling, tools, form and reading of the answer, and extra members. Endpoints that differ in
   * these differ here; key, URL, time limits and streaming do not count.
   *
   * <p>64 hexadecimal digits, the same in every JVM that runs the same version of the component.
   * Headers of a message can override options, such as {@code CamelLlmModel}.
   */
  public String getFingerprint() {
    return settings().fingerprint();
  }

  LlmSettings settings() {
    return Objects.requireNonNull(settings, "not initialized");
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    // Here, not at the first message: what is wrong with an endpoint stops the route from starting.
    LlmSettings resolved = getComponent().resolve(provider, configuration);
    if (!resolved.budget().equals(ExchangeBudget.NONE)) {
      getComponent().spending().listen(getCamelContext());
    }
    settings = resolved;
  }
}
