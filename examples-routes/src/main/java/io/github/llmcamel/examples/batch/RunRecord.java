/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.ledger.Ledger;
import io.github.llmcamel.examples.ledger.LedgerRun;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.LongSupplier;

/** Keeps in the ledger how a run goes, for those who ask while it runs or after it was killed. */
final class RunRecord implements Progress {

  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Ledger ledger;
  private final String id = UUID.randomUUID().toString();
  private final LongSupplier documents;
  private final Instant start = Instant.now();
  private Instant recorded = Instant.EPOCH;
  private long seen;
  private long failed;

  /**
   * @param documents how many there are, as far as is known
   */
  RunRecord(Ledger ledger, LongSupplier documents) {
    this.ledger = ledger;
    this.documents = documents;
  }

  @Override
  public void start() {
    record(false);
  }

  @Override
  public void add(DocumentResult result) {
    seen++;
    failed += result.isFailed() ? 1 : 0;
    if (Duration.between(recorded, Instant.now()).compareTo(EVERY) >= 0) {
      record(false);
    }
  }

  @Override
  public void end() {
    record(true);
  }

  private void record(boolean isOver) {
    recorded = Instant.now();
    // Nobody waits for it: closing the ledger does.
    var unused =
        ledger.record(
            new LedgerRun(
                id,
                start,
                Math.max(documents.getAsLong(), seen),
                seen,
                failed,
                recorded,
                isOver ? recorded : null));
  }
}
