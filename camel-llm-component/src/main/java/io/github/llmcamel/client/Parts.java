/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ModelRequest;
import io.github.llmcamel.model.ModelResponse;
import org.jspecify.annotations.Nullable;

/** What is asked in several requests, and answered in as many replies. Confined to one series. */
sealed interface Parts permits Batches, Pages {

  /**
   * What is to be asked next; null if everything is answered.
   *
   * @throws LlmException if it would go on for ever
   */
  @Nullable ModelRequest next() throws LlmException;

  /** Takes the answer to what was asked last. */
  void add(ModelResponse response);

  /** All answers in one. */
  ModelResponse all();
}
