/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import io.github.llmcamel.examples.ledger.LedgerEntry.State;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Entries for tests. */
public final class Entries {

  static final Instant START = Instant.parse("2026-11-26T03:04:05.123456Z");

  private Entries() {}

  /** With every field that can have a value. */
  public static LedgerEntry done(String document, String stage, String requestHash) {
    return new LedgerEntry(
        document,
        stage,
        "",
        new Question("c".repeat(64), requestHash, "v2", "model-1"),
        State.DONE,
        2,
        START,
        new Spending(10L, 5L, new BigDecimal("0.25"), "USD", 1.5, 0.125),
        "stop",
        "0af7651916cd43dd8448eb211c80319c",
        null,
        "An answer.");
  }

  /** With no field that may be null. */
  static LedgerEntry bare(String document) {
    return new LedgerEntry(
        document,
        "classify",
        "",
        new Question(null, null, null, null),
        State.DONE,
        1,
        START,
        Spending.time(0),
        null,
        null,
        null,
        null);
  }

  static LedgerEntry withTexts(@Nullable String error, @Nullable String result) {
    return new LedgerEntry(
        "a.txt",
        "classify",
        "",
        new Question(null, null, null, null),
        State.FAILED,
        1,
        START,
        Spending.time(0),
        null,
        null,
        error,
        result);
  }

  /** One that no table takes: its hash is too long. */
  static LedgerEntry bad(String document) {
    LedgerEntry good = bare(document);
    return new LedgerEntry(
        document,
        "bad",
        "",
        new Question(null, "x".repeat(65), null, null),
        good.state(),
        1,
        START,
        good.spent(),
        null,
        null,
        null,
        null);
  }
}
