/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real model server that the environment names, in one of the protocols that it speaks.
 *
 * @param provider as in {@code llm:<provider>}
 * @param keepsToSchemas whether what it answers in this protocol fits the schema it was given
 */
record RealServer(String provider, String baseUrl, String model, boolean keepsToSchemas) {

  /** Those of {@code OLLAMA_BASE_URL} and {@code LLAMACPP_BASE_URL}, which ends in {@code /v1}. */
  static List<RealServer> all() {
    return Stream.of(
            named("ollama", "OLLAMA", "", true),
            named("llamacpp", "LLAMACPP", "", true),
            // llama.cpp speaks Anthropic's protocol as well, but knows no schemas there.
            named("anthropic", "LLAMACPP", "/v1$", false))
        .filter(Objects::nonNull)
        .toList();
  }

  private static @Nullable RealServer named(
      String provider, String prefix, String leftOut, boolean keepsToSchemas) {
    String url = System.getenv(prefix + "_BASE_URL");
    String model = System.getenv().getOrDefault(prefix + "_MODEL", "smollm2");
    return url == null
        ? null
        : new RealServer(provider, url.replaceFirst(leftOut, ""), model, keepsToSchemas);
  }

  /** The options of the command that name it, and {@code more}. */
  String[] options(String... more) {
    return Stream.concat(
            Stream.of("--provider", provider, "--base-url", baseUrl, "--model", model),
            Arrays.stream(more))
        .toArray(String[]::new);
  }

  @Override
  public String toString() {
    return "llm:" + provider;
  }
}
