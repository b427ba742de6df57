/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ModelRequest;

/** Decides whether a call of a model may be made. Thread-safe; must not block. */
@FunctionalInterface
public interface Admission {

  /** Every call may. */
  Admission FREE = request -> {};

  /**
   * A call is about to start; several do where one request cannot hold all texts.
   *
   * @throws LlmException if it may not; then nobody observes it, and nothing is sent
   */
  void admit(ModelRequest request) throws LlmException;
}
