/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What stages need of a {@link Ledger}. Thread-safe; nobody waits. */
public interface StageMemory {

  /** Remembers nothing: for a process that hands its entries to another one. */
  StageMemory NONE =
      new StageMemory() {
        @Override
        public CompletableFuture<Optional<LedgerEntry>> find(
            String document, String stage, String part) {
          return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public CompletableFuture<List<LedgerEntry>> record(List<LedgerEntry> entries) {
          return CompletableFuture.completedFuture(List.of());
        }
      };

  /**
   * What became of a document at a stage.
   *
   * @return completes empty if nothing is known, or with a {@link LedgerException}; on a thread
   *     that must not be held
   */
  CompletableFuture<Optional<LedgerEntry>> find(String document, String stage, String part);

  /**
   * Keeps entries, in place of older ones of the same document, stage and part.
   *
   * @return completes with those that are kept, when they are safe, or with a {@link
   *     LedgerException}; on a thread that must not be held
   */
  CompletableFuture<List<LedgerEntry>> record(List<LedgerEntry> entries);

  /** The same memory, which keeps nothing new. */
  default StageMemory readOnly() {
    return new StageMemory() {
      @Override
      public CompletableFuture<Optional<LedgerEntry>> find(
          String document, String stage, String part) {
        return StageMemory.this.find(document, stage, part);
      }

      @Override
      public CompletableFuture<List<LedgerEntry>> record(List<LedgerEntry> entries) {
        return NONE.record(entries);
      }
    };
  }
}
