/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

import java.net.URI;

/**
 * Vertex AI's paths: models lie below a publisher, those of one's own below a location.
 *
 * @see <a href="https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference">
 *     Vertex AI, generate content</a>
 */
public final class VertexPaths {

  private VertexPaths() {}

  /** Whether models, with or without their full names, can lie under {@code baseUrl}. */
  public static boolean canLeadToModels(URI baseUrl) {
    return namesPublisher(baseUrl) || baseUrl.getRawPath().contains("/locations/");
  }

  /** Whether {@code baseUrl} names a publisher, so that a short name is enough for its models. */
  static boolean namesPublisher(URI baseUrl) {
    return baseUrl.getRawPath().contains("/publishers/");
  }
}
