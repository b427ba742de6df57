/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.steps;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.examples.gateway.api.Failures;
import io.github.llmcamel.examples.gateway.api.RequestRefusedException;
import io.github.llmcamel.examples.gateway.server.AnswerWriter;
import io.github.llmcamel.examples.gateway.server.GatewayRequest;
import java.util.concurrent.CancellationException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers with the error that an exchange has come to. */
public final class Refuse extends AnswerStep {

  private static final Logger LOG = LoggerFactory.getLogger(Refuse.class);

  private final AnswerWriter writer;

  public Refuse(AnswerWriter writer) {
    this.writer = writer;
  }

  @Override
  void answer(Exchange exchange, AsyncCallback callback) {
    Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    if (!isExpected(failure)) {
      LOG.error("{}: the gateway failed.", GatewayRequest.of(exchange).id(), failure);
    }
    writer.error(exchange, Failures.toClient(failure), Attempts.tries(exchange), callback);
  }

  /** Those of models have been told by the attempt. */
  private static boolean isExpected(Throwable failure) {
    return failure instanceof RequestRefusedException
        || failure instanceof LlmException
        || failure instanceof CancellationException;
  }
}
