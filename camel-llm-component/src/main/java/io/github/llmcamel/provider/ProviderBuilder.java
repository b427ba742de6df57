/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.provider;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Provider}. Mutable, not thread-safe.
 *
 * @see Provider#builder
 */
public final class ProviderBuilder {

  private final String name;
  private String telemetryName;
  private Protocol protocol = Protocol.OPENAI;
  private @Nullable URI baseUrl;
  private String basePath = "";
  private List<String> baseUrlVariables = List.of();
  private Auth auth = new Auth.Bearer();
  private KeyPolicy keyPolicy = KeyPolicy.OPTIONAL;
  private List<String> keyVariables = List.of();
  private final Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
  private @Nullable Integer maxEmbeddingInputs;

  ProviderBuilder(String name) {
    this.name = name;
    this.telemetryName = name;
  }

  ProviderBuilder(Provider provider) {
    this.name = provider.name();
    this.telemetryName = provider.telemetryName();
    this.protocol = provider.protocol();
    this.baseUrl = provider.baseUrl();
    this.basePath = provider.basePath();
    this.baseUrlVariables = provider.baseUrlVariables();
    this.auth = provider.auth();
    this.keyPolicy = provider.keyPolicy();
    this.keyVariables = provider.keyVariables();
    this.quirks.addAll(provider.quirks());
    this.maxEmbeddingInputs = provider.maxEmbeddingInputs();
  }

  /** The value of {@code gen_ai.provider.name}, where it is not the name. */
  public ProviderBuilder telemetryName(String value) {
    telemetryName = value;
    return this;
  }

  /** How it speaks; OpenAI unless set. */
  public ProviderBuilder protocol(Protocol value) {
    protocol = value;
    return this;
  }

  /**
   * Where it answers. Its path also completes a base URL that the user gives without one.
   *
   * @throws IllegalArgumentException if it is not a URL
   */
  public ProviderBuilder baseUrl(String value) {
    return baseUrl(URI.create(value));
  }

  /** Where it answers; null if only the user knows. */
  public ProviderBuilder baseUrl(@Nullable URI value) {
    baseUrl = value;
    basePath = value == null || value.getRawPath() == null ? "" : value.getRawPath();
    return this;
  }

  /** The path of a base URL that the user gives without one. */
  public ProviderBuilder basePath(String value) {
    basePath = value;
    return this;
  }

  /** Environment variables that hold its base URL by custom, first match wins. */
  public ProviderBuilder baseUrlVariables(String... names) {
    baseUrlVariables = List.of(names);
    return this;
  }

  /** How the key is shown; a bearer token unless set. */
  public ProviderBuilder auth(Auth value) {
    auth = value;
    return this;
  }

  /**
   * Its own service refuses a call without a key.
   *
   * @param variables environment variables that hold it by custom, first match wins
   */
  public ProviderBuilder requiredKey(String... variables) {
    keyPolicy = KeyPolicy.REQUIRED;
    keyVariables = List.of(variables);
    return this;
  }

  /**
   * It usually runs without a key.
   *
   * @param variables environment variables that hold one by custom, first match wins
   */
  public ProviderBuilder optionalKey(String... variables) {
    keyPolicy = KeyPolicy.OPTIONAL;
    keyVariables = List.of(variables);
    return this;
  }

  /** It has these peculiarities. */
  public ProviderBuilder quirks(Quirk... some) {
    quirks.addAll(List.of(some));
    return this;
  }

  /** It has the peculiarity, or does not. */
  public ProviderBuilder quirk(Quirk quirk, boolean present) {
    if (present) {
      quirks.add(quirk);
    } else {
      quirks.remove(quirk);
    }
    return this;
  }

  /** The most texts that one request for embeddings may hold, where the protocol allows more. */
  public ProviderBuilder maxEmbeddingInputs(int value) {
    maxEmbeddingInputs = value;
    return this;
  }

  /**
   * The provider.
   *
   * @throws IllegalArgumentException if a value is out of range; names it
   */
  public Provider build() {
    return new Provider(
        name,
        telemetryName,
        protocol,
        baseUrl,
        basePath,
        baseUrlVariables,
        auth,
        keyPolicy,
        keyVariables,
        quirks,
        maxEmbeddingInputs);
  }
}
