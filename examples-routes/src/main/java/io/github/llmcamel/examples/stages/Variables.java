/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import org.apache.camel.Exchange;
import org.apache.camel.processor.SendProcessor;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;

/**
 * Where a node takes its question from, and where it leaves its answer.
 *
 * @param send the variable that is asked about; null if the message is
 * @param receive the variable that takes the answer; null if the message does
 */
record Variables(@Nullable String send, @Nullable String receive) {

  /** Those of a node. */
  static Variables of(SendProcessor node) {
    return new Variables(node.getVariableSend(), node.getVariableReceive());
  }

  /** What an endpoint is handed, which Camel makes of an exchange when it sends it. */
  Exchange asSent(Exchange exchange) {
    if (send == null) {
      return exchange;
    }
    Exchange sent = ExchangeHelper.createCopy(exchange, true);
    sent.getMessage().setBody(ExchangeHelper.getVariable(exchange, send));
    return sent;
  }

  /** The answer; null if it is no text. */
  @Nullable String answer(Exchange exchange) {
    Object answer =
        receive == null
            ? exchange.getMessage().getBody()
            : ExchangeHelper.getVariable(exchange, receive);
    return answer instanceof String text ? text : null;
  }

  /** Leaves an answer where a call would. */
  void setAnswer(Exchange exchange, String answer) {
    if (receive == null) {
      exchange.getMessage().setBody(answer);
    } else {
      ExchangeHelper.setVariable(exchange, receive, answer);
    }
  }

  /** A header of the answer; null if it has none of that name. */
  <T> @Nullable T header(Exchange exchange, String name, Class<T> type) {
    return receive == null
        ? exchange.getMessage().getHeader(name, type)
        : exchange.getVariable(besideAnswer(name), type);
  }

  void setHeader(Exchange exchange, String name, @Nullable String value) {
    if (receive == null) {
      exchange.getMessage().setHeader(name, value);
    } else {
      ExchangeHelper.setVariable(exchange, besideAnswer(name), value);
    }
  }

  /** Camel keeps the headers of an answer in a variable as variables beside it. */
  private String besideAnswer(String header) {
    return "header:" + receive + "." + header;
  }
}
