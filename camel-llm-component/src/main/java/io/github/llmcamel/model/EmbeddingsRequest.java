/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Texts to be turned into vectors.
 *
 * <p>Immutable. Nothing absent is sent. Its {@code toString} names counts only, never content.
 *
 * @param model the provider's name of the model
 * @param inputs the texts; each gets one vector
 * @param dimensions how many numbers a vector is to have, 1 or more; null leaves it to the model
 * @param user an id of the end user for the provider's abuse detection; null sends none
 * @param extras further members of the request as JSON values of the JDK, by the provider's names
 */
public record EmbeddingsRequest(
    @Nullable String model,
    List<String> inputs,
    @Nullable Integer dimensions,
    @Nullable String user,
    Map<String, Object> extras)
    implements ModelRequest {

  public EmbeddingsRequest {
    inputs = List.copyOf(inputs);
    // Not Map.copyOf: a JSON null is a value somebody may want to send.
    extras = Collections.unmodifiableMap(new LinkedHashMap<>(extras));
  }

  /** The same request for some of its texts, or for others. */
  public EmbeddingsRequest withInputs(List<String> texts) {
    return new EmbeddingsRequest(model, texts, dimensions, user, extras);
  }

  @Override
  public String toString() {
    return "EmbeddingsRequest[model=%s, inputs=%d]".formatted(model, inputs.size());
  }
}
