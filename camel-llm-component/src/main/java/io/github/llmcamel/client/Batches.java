/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.model.EmbeddingsRequest;
import io.github.llmcamel.model.EmbeddingsResponse;
import io.github.llmcamel.model.ModelRequest;
import io.github.llmcamel.model.ModelResponse;
import io.github.llmcamel.model.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts in batches, each as large as a provider takes it. */
final class Batches implements Parts {

  private final EmbeddingsRequest request;
  private final int size;
  private final List<float[]> vectors = new ArrayList<>();
  private @Nullable String model;
  private @Nullable Usage usage;

  /**
   * @param size the most texts of a batch, 1 or more
   */
  Batches(EmbeddingsRequest request, int size) {
    this.request = request;
    this.size = size;
  }

  @Override
  public @Nullable ModelRequest next() {
    List<String> texts = request.inputs();
    List<String> rest = texts.subList(vectors.size(), texts.size());
    return rest.isEmpty() ? null : request.withInputs(rest.subList(0, Math.min(size, rest.size())));
  }

  @Override
  public void add(ModelResponse response) {
    EmbeddingsResponse batch = (EmbeddingsResponse) response;
    vectors.addAll(batch.vectors());
    model = batch.model() != null ? batch.model() : model;
    usage = usage == null ? batch.usage() : usage.plus(batch.usage());
  }

  @Override
  public ModelResponse all() {
    return new EmbeddingsResponse(model, vectors, usage == null ? Usage.UNKNOWN : usage);
  }
}
