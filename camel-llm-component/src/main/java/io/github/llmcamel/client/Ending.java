/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.ModelResponse;
import io.github.llmcamel.observe.Cancellation;

/** How a call ended. There is exactly one for each call. */
public sealed interface Ending {

  /** How long it took, whatever the ending. */
  CallTiming timing();

  /** The answer is complete. */
  record Completed(ModelResponse response, CallTiming timing) implements Ending {}

  /** The call failed; what had been received is in the exception. */
  record Failed(LlmException failure, CallTiming timing) implements Ending {}

  /**
   * The call was ended from our side.
   *
   * @param partial what had been received; empty if the call was no chat
   */
  record Cancelled(Cancellation reason, ChatResponse partial, CallTiming timing)
      implements Ending {}
}
