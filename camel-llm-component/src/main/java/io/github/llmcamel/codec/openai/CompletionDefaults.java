/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import java.time.Instant;
import java.util.Objects;

/**
 * What an answer in OpenAI's format has to say, for providers that leave it out.
 *
 * @param id that of no other answer
 * @param model the model that was asked for
 * @param created when the answer began
 */
public record CompletionDefaults(String id, String model, Instant created) {

  public CompletionDefaults {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(created, "created");
  }
}
