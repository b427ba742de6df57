/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import java.sql.BatchUpdateException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** The ledger cannot be read or written. The message says why; it shows no URL and no password. */
public final class LedgerException extends Exception {

  private static final long serialVersionUID = 1L;

  private static final String URL = "its URL";

  private LedgerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static LedgerException cannotBeUsed(Throwable failure) {
    Throwable cause = cause(failure);
    return new LedgerException(message(firstLine(cause)), cause);
  }

  /** Drivers like to quote the URL that they do not understand, so that the cause is left out. */
  static LedgerException cannotBeOpened(Throwable failure, String url) {
    String reason = firstLine(failure).replace(url, URL).replaceAll("jdbc:[^\\s\"]*", URL);
    return new LedgerException(message(reason), null);
  }

  static LedgerException missing() {
    return new LedgerException(
        "There is no ledger yet. Start a run first, or name the folder or the URL of one.", null);
  }

  private static String message(String reason) {
    return "The ledger cannot be used: %s. Check its URL, and that the database is there and not full."
        .formatted(reason);
  }

  static LedgerException closed() {
    return new LedgerException("The ledger is closed.", null);
  }

  static LedgerException overrun(int waiting) {
    return new LedgerException(
        "The ledger is too slow: %,d entries wait. Lower the concurrency.".formatted(waiting),
        null);
  }

  /** PostgreSQL's driver quotes the whole row that it could not write, and the pool says less. */
  private static Throwable cause(Throwable failure) {
    if (failure instanceof BatchUpdateException batch && batch.getNextException() != null) {
      return batch.getNextException();
    }
    return failure instanceof SQLTransientConnectionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Some drivers add their SQL. */
  private static String firstLine(Throwable cause) {
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("").replaceAll("[.\\s]+$", "");
  }
}
