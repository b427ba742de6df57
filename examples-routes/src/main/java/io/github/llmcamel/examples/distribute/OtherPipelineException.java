/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.distribute;

/** A document came to a worker whose pipeline is another one than that of the run. */
public final class OtherPipelineException extends Exception {

  private static final long serialVersionUID = 1L;

  OtherPipelineException(String run, String worker) {
    super(
        ("The pipeline of the run is %s, that of a worker %s: they differ in a prompt, the provider,"
                + " the model, a setting of calls, or a property batch.*. Start both with the same.")
            .formatted(run, worker));
  }
}
