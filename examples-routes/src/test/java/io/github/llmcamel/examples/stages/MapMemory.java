/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import io.github.llmcamel.examples.ledger.LedgerEntry;
import io.github.llmcamel.examples.ledger.StageMemory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A memory without a database, which may be made to wait or to fail. */
final class MapMemory implements StageMemory {

  final Map<String, LedgerEntry> entries = new ConcurrentHashMap<>();
  volatile @Nullable CompletableFuture<Void> findsAfter;
  volatile @Nullable CompletableFuture<Void> recordsAfter;

  @Override
  public CompletableFuture<Optional<LedgerEntry>> find(String document, String stage, String part) {
    return after(findsAfter)
        .thenApply(done -> Optional.ofNullable(entries.get(key(document, stage, part))));
  }

  @Override
  public CompletableFuture<List<LedgerEntry>> record(List<LedgerEntry> recorded) {
    return after(recordsAfter)
        .thenApply(
            done -> {
              recorded.forEach(this::put);
              return recorded;
            });
  }

  void put(LedgerEntry entry) {
    entries.put(key(entry.document(), entry.stage(), entry.part()), entry);
  }

  @Nullable LedgerEntry get(String document, String stage, String part) {
    return entries.get(key(document, stage, part));
  }

  private static CompletableFuture<Void> after(@Nullable CompletableFuture<Void> event) {
    return event == null ? CompletableFuture.completedFuture(null) : event;
  }

  private static String key(String document, String stage, String part) {
    return document + "/" + stage + "/" + part;
  }
}
