/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.util.ArrayList;
import java.util.List;

/** What the documents so far have taken, in a few words. */
final class Spent {

  private final Tally all = new Tally();
  private long failed;

  void add(DocumentResult result) {
    all.addDocument(result);
    failed += result.isFailed() ? 1 : 0;
  }

  /**
   * Such as {@code 12,345 tokens, 0.012 USD (345 tokens, 0.003 USD earlier), 3 failed}, with what
   * of it earlier runs have spent; what is unknown or none is left out.
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
    return String.join(", ", words);
  }

  private String earlier() {
    String sums = all.earlier().toString();
    return sums.isEmpty() ? "" : " (%s earlier)".formatted(sums);
  }
}
