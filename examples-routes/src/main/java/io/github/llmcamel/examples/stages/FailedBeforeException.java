/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import io.github.llmcamel.examples.ledger.LedgerEntry;

/** A stage that has failed in an earlier run with the same question is not asked again unbidden. */
final class FailedBeforeException extends Exception {

  private static final long serialVersionUID = 1L;

  FailedBeforeException(LedgerEntry entry) {
    super(String.valueOf(entry.error()));
  }
}
