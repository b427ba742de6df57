/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.steps;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/** A step that answers the client. The exchange goes on when the client has got it, or is gone. */
abstract class AnswerStep extends AsyncProcessorSupport {

  @Override
  public final boolean process(Exchange exchange, AsyncCallback callback) {
    try {
      answer(exchange, callback);
      return false;
    } catch (RuntimeException e) {
      exchange.setException(e);
      callback.done(true);
      return true;
    }
  }

  /**
   * Begins to answer, and calls {@code callback} when the answer is over.
   *
   * @throws RuntimeException before it has begun, if the exchange holds no such answer
   */
  abstract void answer(Exchange exchange, AsyncCallback callback);
}
