/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.provider;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who answers: where, in which protocol, with which peculiarities. Holds no secret.
 *
 * <p>Bind one in the Camel registry under the name {@code acme} to use it as {@code llm:acme}:
 *
 * <pre>{@code
 * Provider.builder("acme").baseUrl("https://llm.acme.example/v1").requiredKey("ACME_KEY").build()
 * }</pre>
 *
 * @param name what stands in the endpoint URI, such as {@code groq}
 * @param telemetryName the value of {@code gen_ai.provider.name}
 * @param protocol how it speaks
 * @param baseUrl the URL that paths are appended to, with the version segment if there is one; null
 *     if only the user knows it
 * @param basePath the path of a base URL that the user gives without one; empty if there is none
 * @param baseUrlVariables environment variables that hold its base URL by custom, first match wins
 * @param auth how the key is shown
 * @param keyPolicy whether a call without a key can work at {@code baseUrl}
 * @param keyVariables environment variables that hold its key by custom, first match wins
 * @param quirks deviations from the protocol
 * @param maxEmbeddingInputs the most texts that one request for embeddings may hold, 1 or more;
 *     null leaves it to the protocol
 */
public record Provider(
    String name,
    String telemetryName,
    Protocol protocol,
    @Nullable URI baseUrl,
    String basePath,
    List<String> baseUrlVariables,
    Auth auth,
    KeyPolicy keyPolicy,
    List<String> keyVariables,
    Set<Quirk> quirks,
    @Nullable Integer maxEmbeddingInputs) {

  public Provider {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(telemetryName, "telemetryName");
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(basePath, "basePath");
    Objects.requireNonNull(auth, "auth");
    Objects.requireNonNull(keyPolicy, "keyPolicy");
    baseUrlVariables = List.copyOf(baseUrlVariables);
    keyVariables = List.copyOf(keyVariables);
    quirks = Set.copyOf(quirks);
    if (maxEmbeddingInputs != null && maxEmbeddingInputs < 1) {
      throw new IllegalArgumentException(
          "maxEmbeddingInputs is %d; it must be 1 or more.".formatted(maxEmbeddingInputs));
    }
  }

  /**
   * A provider that speaks the OpenAI protocol, shows a key as a bearer token if there is one, and
   * has no peculiarities, unless the builder is told otherwise.
   */
  public static ProviderBuilder builder(String name) {
    return new ProviderBuilder(name);
  }

  /** A builder that holds what this provider is. */
  public ProviderBuilder toBuilder() {
    return new ProviderBuilder(this);
  }

  /** Whether this provider has the peculiarity. */
  public boolean has(Quirk quirk) {
    return quirks.contains(quirk);
  }
}
