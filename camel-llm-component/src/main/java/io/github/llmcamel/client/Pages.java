/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.model.ModelInfo;
import io.github.llmcamel.model.ModelRequest;
import io.github.llmcamel.model.ModelResponse;
import io.github.llmcamel.model.ModelsRequest;
import io.github.llmcamel.model.ModelsResponse;
import io.github.llmcamel.provider.Destination;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pages of a list of models. */
final class Pages implements Parts {

  private static final int MOST = 100;

  private final FailureFacts facts;
  private final List<ModelInfo> models = new ArrayList<>();
  private @Nullable ModelsRequest next;
  private int asked;

  Pages(ModelsRequest first, Destination destination) {
    this.next = first;
    this.facts = FailureFacts.of(destination);
  }

  @Override
  public @Nullable ModelRequest next() throws LlmProtocolException {
    if (next != null && ++asked > MOST) {
      throw new LlmProtocolException(
          facts.says("has a list of models that does not end within %d pages.".formatted(MOST)),
          facts.failure(false),
          null);
    }
    return next;
  }

  @Override
  public void add(ModelResponse response) {
    ModelsResponse page = (ModelsResponse) response;
    models.addAll(page.models());
    next = page.nextPage() == null ? null : new ModelsRequest(page.nextPage());
  }

  @Override
  public ModelResponse all() {
    return new ModelsResponse(models, null);
  }
}
