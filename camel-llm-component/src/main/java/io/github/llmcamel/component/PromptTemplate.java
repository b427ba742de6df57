/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.support.ResourceHelper;

/** A prompt in the Simple language, given as text or as a resource that holds it. */
final class PromptTemplate {

  private static final String RESOURCE = "resource:";

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
    String template =
        text.startsWith(RESOURCE) ? load(option, text.substring(RESOURCE.length()), context) : text;
    Expression expression = context.resolveLanguage("simple").createExpression(template);
    expression.init(context);
    return new PromptTemplate(expression);
  }

  String evaluate(Exchange exchange) {
    return expression.evaluate(exchange, String.class);
  }

  private static String load(String option, String uri, CamelContext context) {
    try (InputStream content = ResourceHelper.resolveMandatoryResourceAsInputStream(context, uri)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The resource '%s' of the option %s cannot be read.".formatted(uri, option), e);
    }
  }
}
