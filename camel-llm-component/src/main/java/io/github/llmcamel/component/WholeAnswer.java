/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.client.CallListener;
import io.github.llmcamel.client.Ending;

/** Lets an exchange go on when its call has ended, with the whole answer. */
record WholeAnswer(WaitingExchange waiting, BoundCall call, AnswerWriter writer)
    implements CallListener {

  @Override
  public void ended(Ending ending) {
    waiting.goOn(() -> writer.write(waiting.exchange(), call, ending));
  }
}
