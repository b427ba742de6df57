/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.stages.Concurrency;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the documents so far have taken, and how many are under way, in a few words. */
final class Spent {

  private final @Nullable Concurrency concurrency;
  private final Tally all = new Tally();
  private long failed;

  /**
   * @param concurrency null if others work as well
   */
  Spent(@Nullable Concurrency concurrency) {
    this.concurrency = concurrency;
  }

  void add(DocumentResult result) {
    all.addDocument(result);
    failed += result.isFailed() ? 1 : 0;
  }

  /**
   * Such as {@code 12,345 tokens, 0.012 USD (345 tokens, 0.003 USD earlier), 3 failed, 8 at once},
   * with what of it earlier runs have spent; what is unknown or none is left out.
   */
  @Override
  public String toString() {
    List<String> words = new ArrayList<>();
    if (!all.sums().toString().isEmpty()) {
      words.add(all.sums() + earlier());
    }
    if (failed > 0) {
      words.add(failed + " failed");
    }
    if (concurrency != null) {
      words.add(concurrency.limit() + " at once");
    }
    return String.join(", ", words);
  }

  private String earlier() {
    String sums = all.earlier().toString();
    return sums.isEmpty() ? "" : " (%s earlier)".formatted(sums);
  }
}
