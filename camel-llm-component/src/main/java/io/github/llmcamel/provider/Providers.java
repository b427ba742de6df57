/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.provider;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table of the providers that are known by name. */
public final class Providers {

  private static final Auth BEARER = new Auth.Bearer();
  private static final Auth NO_AUTH = new Auth.None();

  /** The name of the built-in provider that needs no network. */
  public static final String SIMULATOR = "simulator";

  /** The scheme of the simulator's base URL: what tells it from a server. */
  public static final String SIMULATOR_SCHEME = "simulator";

  private static final List<Provider> BUILT_IN =
      List.of(
          new Provider(
              "ollama",
              "ollama",
              Protocol.OLLAMA,
              URI.create("http://localhost:11434"),
              BEARER,
              KeyPolicy.OPTIONAL,
              List.of("OLLAMA_API_KEY"),
              Set.of()),
          hosted(
              "openai",
              "openai",
              "https://api.openai.com/v1",
              "OPENAI_API_KEY",
              Quirk.MAX_COMPLETION_TOKENS),
          new Provider(
              "anthropic",
              "anthropic",
              Protocol.ANTHROPIC,
              URI.create("https://api.anthropic.com"),
              new Auth.HeaderKey("x-api-key"),
              KeyPolicy.REQUIRED,
              List.of("ANTHROPIC_API_KEY"),
              Set.of()),
          selfHosted("vllm", "vllm", "http://localhost:8000/v1", Quirk.HEALTH_PATH),
          selfHosted("llamacpp", "llamacpp", "http://localhost:8080/v1", Quirk.HEALTH_PATH),
          selfHosted("lmstudio", "lmstudio", "http://localhost:1234/v1"),
          hosted(
              "groq",
              "groq",
              "https://api.groq.com/openai/v1",
              "GROQ_API_KEY",
              Quirk.MAX_COMPLETION_TOKENS),
          hosted("together", "together", "https://api.together.xyz/v1", "TOGETHER_API_KEY"),
          hosted(
              "fireworks",
              "fireworks",
              "https://api.fireworks.ai/inference/v1",
              "FIREWORKS_API_KEY"),
          new Provider(
              "azure_openai",
              "azure.ai.openai",
              Protocol.OPENAI,
              null,
              new Auth.HeaderKey("api-key"),
              KeyPolicy.REQUIRED,
              List.of("AZURE_OPENAI_API_KEY"),
              Set.of(Quirk.MAX_COMPLETION_TOKENS, Quirk.DEPLOYMENT_IN_PATH)),
          selfHosted("litellm", "litellm", "http://localhost:4000/v1", Quirk.LIVELINESS_PATH),
          new Provider(
              "gemini",
              "gcp.gemini",
              Protocol.GEMINI,
              URI.create("https://generativelanguage.googleapis.com/v1beta"),
              new Auth.HeaderKey("x-goog-api-key"),
              KeyPolicy.REQUIRED,
              List.of("GEMINI_API_KEY", "GOOGLE_API_KEY"),
              Set.of()),
          new Provider(
              "vertex_gemini",
              "gcp.vertex_ai",
              Protocol.GEMINI,
              null,
              BEARER,
              KeyPolicy.REQUIRED,
              List.of("GOOGLE_OAUTH_ACCESS_TOKEN"),
              Set.of()),
          new Provider(
              SIMULATOR,
              "simulator",
              Protocol.OPENAI,
              URI.create(SIMULATOR_SCHEME + "://simulator/v1"),
              NO_AUTH,
              KeyPolicy.OPTIONAL,
              List.of(),
              Set.of()));

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
    return new Provider(
        name, name, Protocol.OPENAI, baseUrl, BEARER, KeyPolicy.OPTIONAL, List.of(), Set.of());
  }

  private static Provider hosted(
      String name, String telemetryName, String baseUrl, String keyVariable, Quirk... quirks) {
    return new Provider(
        name,
        telemetryName,
        Protocol.OPENAI,
        URI.create(baseUrl),
        BEARER,
        KeyPolicy.REQUIRED,
        List.of(keyVariable),
        Set.of(quirks));
  }

  private static Provider selfHosted(
      String name, String telemetryName, String baseUrl, Quirk... quirks) {
    return new Provider(
        name,
        telemetryName,
        Protocol.OPENAI,
        URI.create(baseUrl),
        BEARER,
        KeyPolicy.OPTIONAL,
        List.of(),
        Set.of(quirks));
  }
}
