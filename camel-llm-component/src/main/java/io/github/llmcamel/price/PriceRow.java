/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.price;

/**
 * The price of a model, or of all whose names begin alike.
 *
 * @param provider the name in the endpoint URI
 * @param model its name, or how the names begin
 * @param scope which of the two
 */
record PriceRow(String provider, String model, Scope scope, Price price) {

  /** What a row is for. */
  enum Scope {
    ONE_MODEL,
    BEGINNING
  }

  boolean matches(String someProvider, String name) {
    return provider.equals(someProvider)
        && (scope == Scope.ONE_MODEL ? name.equals(model) : name.startsWith(model));
  }

  /** Whether this is the better one of two rows that match. */
  boolean isCloserThan(PriceRow other) {
    return scope == other.scope ? model.length() > other.model.length() : scope == Scope.ONE_MODEL;
  }
}
