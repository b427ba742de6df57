/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model that a provider has. What the provider does not say is null.
 *
 * @param id its name, as the option {@code model} takes it
 * @param displayName its name for people
 * @param owner whose model it is, in the provider's word
 * @param created when it was made; at Ollama, when it was last changed
 * @param raw all that the provider says of it, as JSON text
 */
public record ModelInfo(
    String id,
    @Nullable String displayName,
    @Nullable String owner,
    @Nullable Instant created,
    String raw) {

  public ModelInfo {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(raw, "raw");
  }
}
