/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

/** A call was not made: with it, the run might go beyond its budget. The document is left. */
public final class BudgetSpentException extends Exception {

  private static final long serialVersionUID = 1L;

  BudgetSpentException(String message) {
    super(message);
  }
}
