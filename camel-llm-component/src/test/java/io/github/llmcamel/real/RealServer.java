/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.real;

import io.github.llmcamel.component.ProviderOptions;
import io.github.llmcamel.provider.Protocol;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server whose base URL is in the environment, and one of the protocols it speaks.
 *
 * @param name the provider's
 * @param apiKey null if the server wants none
 */
record RealServer(
    String name, Protocol protocol, String baseUrl, String model, @Nullable String apiKey) {

  /** Each server in each protocol; empty if the environment names none. */
  static List<RealServer> all() {
    return Stream.of(
            of("ollama", Protocol.OLLAMA),
            of("ollama", Protocol.OPENAI),
            of("ollama", Protocol.ANTHROPIC),
            of("llamacpp", Protocol.OPENAI),
            of("llamacpp", Protocol.ANTHROPIC),
            of("litellm", Protocol.OPENAI),
            of("litellm", Protocol.ANTHROPIC),
            of("litellm", Protocol.GEMINI))
        .filter(Objects::nonNull)
        .toList();
  }

  static @Nullable RealServer of(String name, Protocol protocol) {
    String prefix = name.toUpperCase(Locale.ROOT);
    String url = System.getenv(prefix + "_BASE_URL");
    if (url == null) {
      return null;
    }
    String root = url.replaceFirst("/v1$", "");
    String baseUrl =
        switch (protocol) {
          case OPENAI -> root + "/v1";
          case OLLAMA, ANTHROPIC -> root;
          case GEMINI -> root + "/v1beta";
        };
    String model = System.getenv().getOrDefault(prefix + "_MODEL", "smollm2");
    return new RealServer(name, protocol, baseUrl, model, System.getenv(prefix + "_API_KEY"));
  }

  /** What makes the server a provider of its name. */
  Map<String, ProviderOptions> providers() {
    ProviderOptions options = new ProviderOptions();
    options.setProtocol(protocol);
    options.setBaseUrl(baseUrl);
    options.setApiKey(apiKey);
    return Map.of(name, options);
  }

  RealServer withModel(String other) {
    return new RealServer(name, protocol, baseUrl, other, apiKey);
  }

  @Override
  public String toString() {
    return name + " in " + protocol;
  }
}
