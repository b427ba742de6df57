/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.llmcamel.examples.ledger.LedgerEntry;
import io.github.llmcamel.examples.ledger.Spending;
import org.jspecify.annotations.Nullable;

/**
 * What one stage took of a document, in all its parts together. What is null is left out of JSON.
 *
 * @param calls how often the model was asked, in all runs together
 * @param reused how many of the answers were known from an earlier run
 * @param model that answered last; null if unknown
 * @param promptVersion of the last answer; null if there is none
 * @param finishReason why the last answer ended, such as {@code stop}; null if unknown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StageResult(
    int calls,
    int reused,
    @Nullable String model,
    @Nullable String promptVersion,
    Spending spent,
    @Nullable String finishReason) {

  static StageResult of(LedgerEntry entry, boolean isReused) {
    return new StageResult(
        entry.attempts(),
        isReused ? 1 : 0,
        entry.question().model(),
        entry.question().promptVersion(),
        entry.spent(),
        entry.finishReason());
  }

  /** The same, all of it from an earlier run. */
  public StageResult knownBefore() {
    return new StageResult(calls, Math.max(1, reused), model, promptVersion, spent, finishReason);
  }

  /** This and another part of the same document. */
  StageResult plus(StageResult part) {
    return new StageResult(
        calls + part.calls,
        reused + part.reused,
        part.model,
        part.promptVersion,
        spent.plus(part.spent),
        part.finishReason);
  }
}
