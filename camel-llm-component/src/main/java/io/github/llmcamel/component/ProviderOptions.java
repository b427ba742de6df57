/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.provider.Auth;
import io.github.llmcamel.provider.Protocol;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.ProviderBuilder;
import io.github.llmcamel.provider.Quirk;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is configured for one provider: {@code camel.component.llm.providers[groq].api-key=…}. Under
 * a name that is not in the table it defines a new provider.
 *
 * <p>Mutable, because Camel binds it; read once when an endpoint is created. Prints nothing of what
 * it holds.
 */
public final class ProviderOptions {

  private @Nullable String apiKey;
  private @Nullable String baseUrl;
  private @Nullable String model;
  private @Nullable Protocol protocol;
  private @Nullable Boolean healthCheckEnabled;
  private @Nullable String keyHeader;
  private @Nullable MaxTokensField maxTokensField;
  private @Nullable Boolean streamOptions;
  private @Nullable Integer maxEmbeddingInputs;
  private Map<String, Object> httpHeader = new LinkedHashMap<>();

  /** The key; null sends none, unless it is found elsewhere. */
  public @Nullable String getApiKey() {
    return apiKey;
  }

  public void setApiKey(@Nullable String apiKey) {
    this.apiKey = apiKey;
  }

  /** Where the provider answers; null leaves it to the table. */
  public @Nullable String getBaseUrl() {
    return baseUrl;
  }

  public void setBaseUrl(@Nullable String baseUrl) {
    this.baseUrl = baseUrl;
  }

  /** The model for endpoints that name none; null leaves it to the component. */
  public @Nullable String getModel() {
    return model;
  }

  public void setModel(@Nullable String model) {
    this.model = model;
  }

  /** How the provider speaks; null leaves it to the table, and is OpenAI for a new provider. */
  public @Nullable Protocol getProtocol() {
    return protocol;
  }

  public void setProtocol(@Nullable Protocol protocol) {
    this.protocol = protocol;
  }

  /**
   * Whether Camel's health check asks it; null asks all but those whose own service needs a key,
   * since their answers cost money or count against a limit.
   */
  public @Nullable Boolean getHealthCheckEnabled() {
    return healthCheckEnabled;
  }

  public void setHealthCheckEnabled(@Nullable Boolean healthCheckEnabled) {
    this.healthCheckEnabled = healthCheckEnabled;
  }

  /**
   * The header that shows the key: {@code Authorization} as a bearer token, any other as it is;
   * null leaves it to the table.
   */
  public @Nullable String getKeyHeader() {
    return keyHeader;
  }

  public void setKeyHeader(@Nullable String keyHeader) {
    this.keyHeader = keyHeader;
  }

  /** What the output limit is called; null leaves it to the table. */
  public @Nullable MaxTokensField getMaxTokensField() {
    return maxTokensField;
  }

  public void setMaxTokensField(@Nullable MaxTokensField maxTokensField) {
    this.maxTokensField = maxTokensField;
  }

  /** Whether a stream is asked for its token counts; null leaves it to the table. */
  public @Nullable Boolean getStreamOptions() {
    return streamOptions;
  }

  public void setStreamOptions(@Nullable Boolean streamOptions) {
    this.streamOptions = streamOptions;
  }

  /**
   * The most texts that one request for embeddings may hold, 1 or more; null leaves it to the
   * table.
   */
  public @Nullable Integer getMaxEmbeddingInputs() {
    return maxEmbeddingInputs;
  }

  public void setMaxEmbeddingInputs(@Nullable Integer maxEmbeddingInputs) {
    this.maxEmbeddingInputs = maxEmbeddingInputs;
  }

  /** Headers that are sent with every request to this provider; the URI's come after them. */
  public Map<String, Object> getHttpHeader() {
    return httpHeader;
  }

  public void setHttpHeader(Map<String, Object> httpHeader) {
    this.httpHeader = httpHeader;
  }

  /** The provider as it is configured here. */
  Provider applyTo(Provider known) {
    ProviderBuilder provider = known.toBuilder();
    if (protocol != null) {
      provider.protocol(protocol);
    }
    if (keyHeader != null && !keyHeader.isBlank()) {
      String header = keyHeader.strip();
      provider.auth(
          header.equalsIgnoreCase("Authorization")
              ? new Auth.Bearer()
              : new Auth.HeaderKey(header));
    }
    if (maxTokensField != null) {
      provider.quirk(
          Quirk.MAX_COMPLETION_TOKENS, maxTokensField == MaxTokensField.MAX_COMPLETION_TOKENS);
    }
    if (streamOptions != null) {
      provider.quirk(Quirk.NO_STREAM_OPTIONS, !streamOptions);
    }
    if (maxEmbeddingInputs != null) {
      provider.maxEmbeddingInputs(maxEmbeddingInputs);
    }
    return provider.build();
  }
}
