/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;

/** A prompt in the Simple language, given as text or as a resource that holds it. */
final class PromptTemplate {

  private final Expression expression;

  private PromptTemplate(Expression expression) {
    this.expression = expression;
  }

  /**
   * Loads and parses a prompt.
   *
   * @throws IllegalArgumentException if the resource cannot be read; names {@code option} and it
   */
  static PromptTemplate of(String option, String text, CamelContext context) {
    Expression expression =
        context.resolveLanguage("simple").createExpression(OptionText.read(option, text, context));
    expression.init(context);
    return new PromptTemplate(expression);
  }

  String evaluate(Exchange exchange) {
    return expression.evaluate(exchange, String.class);
  }
}
