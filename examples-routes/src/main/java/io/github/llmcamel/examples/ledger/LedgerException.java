/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import org.jspecify.annotations.Nullable;

/** The ledger cannot be read or written. The message says why; it shows no URL and no password. */
public final class LedgerException extends Exception {

  private static final long serialVersionUID = 1L;

  private LedgerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static LedgerException cannotBeUsed(Throwable cause) {
    return new LedgerException(
        "The ledger cannot be used: %s. Check its URL, and that the database is there and not full."
            .formatted(firstLine(cause)),
        cause);
  }

  static LedgerException closed() {
    return new LedgerException("The ledger is closed.", null);
  }

  static LedgerException overrun(int waiting) {
    return new LedgerException(
        "The ledger is too slow: %,d entries wait. Lower the concurrency.".formatted(waiting),
        null);
  }

  /** Some drivers add their SQL. */
  private static String firstLine(Throwable cause) {
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("").replaceAll("[.\\s]+$", "");
  }
}
