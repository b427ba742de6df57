/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.llmcamel.examples.ledger.LedgerEntry;
import io.github.llmcamel.examples.ledger.LedgerEntry.State;
import io.github.llmcamel.examples.ledger.Spending;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one stage took of a document, in all its parts together, as its entries in the ledger say.
 * What is null is left out of JSON.
 *
 * @param calls how often the model was asked, in all runs together
 * @param reused how many of the answers were known from an earlier run
 * @param model that answered last; null if unknown
 * @param promptVersion of the last answer; null if there is none
 * @param spent what the answers of this run took; null if there are none
 * @param spentEarlier what the answers of earlier runs took; null if there are none
 * @param finishReason why the last answer ended, such as {@code stop}; null if unknown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StageResult(
    int calls,
    int reused,
    @Nullable String model,
    @Nullable String promptVersion,
    @Nullable Spending spent,
    @Nullable Spending spentEarlier,
    @Nullable String finishReason) {

  static StageResult of(LedgerEntry entry, boolean isReused) {
    boolean isAnswered = entry.state() == State.DONE || entry.result() != null;
    Spending spent = isAnswered ? entry.spent() : null;
    return new StageResult(
        entry.attempts(),
        isReused && isAnswered ? 1 : 0,
        entry.question().model(),
        entry.question().promptVersion(),
        isReused ? null : spent,
        isReused ? spent : null,
        entry.finishReason());
  }

  /** What its answers took: those of this run, and those of earlier ones; empty if it has none. */
  public List<Spending> answers() {
    return Stream.of(spent, spentEarlier).filter(Objects::nonNull).toList();
  }

  /** The same, all of it from an earlier run. */
  public StageResult knownBefore() {
    return new StageResult(
        calls,
        answers().isEmpty() ? 0 : Math.max(1, reused),
        model,
        promptVersion,
        null,
        plus(spentEarlier, spent),
        finishReason);
  }

  /** This and another part of the same document. */
  StageResult plus(StageResult part) {
    return new StageResult(
        calls + part.calls,
        reused + part.reused,
        part.model,
        part.promptVersion,
        plus(spent, part.spent),
        plus(spentEarlier, part.spentEarlier),
        part.finishReason);
  }

  private static @Nullable Spending plus(@Nullable Spending one, @Nullable Spending later) {
    return one == null ? later : later == null ? one : one.plus(later);
  }
}
