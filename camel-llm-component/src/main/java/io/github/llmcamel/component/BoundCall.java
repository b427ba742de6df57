/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.client.ModelCall;

/** The call that a message asks for, and how many answers it is to be answered with. */
record BoundCall(ModelCall call, Amount amount) {

  /** A list of texts is answered by a list of vectors, also where it holds but one. */
  enum Amount {
    ONE,
    MANY
  }

  static BoundCall one(ModelCall call) {
    return new BoundCall(call, Amount.ONE);
  }
}
