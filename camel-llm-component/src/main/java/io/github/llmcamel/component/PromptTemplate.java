/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;

/** A prompt in the Simple language. */
final class PromptTemplate {

  private final Expression expression;

  private PromptTemplate(Expression expression) {
    this.expression = expression;
  }

  static PromptTemplate of(String text, CamelContext context) {
    Expression expression = context.resolveLanguage("simple").createExpression(text);
    expression.init(context);
    return new PromptTemplate(expression);
  }

  String evaluate(Exchange exchange) {
    return expression.evaluate(exchange, String.class);
  }
}
