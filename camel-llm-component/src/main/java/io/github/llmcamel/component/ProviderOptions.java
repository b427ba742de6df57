/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.provider.Protocol;
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
}
