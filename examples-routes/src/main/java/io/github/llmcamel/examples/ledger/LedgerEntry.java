/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one document at one stage. Prints no content.
 *
 * @param document which one
 * @param stage what was asked, such as {@code classify}; {@link #WHOLE} for all stages together
 * @param part which part of the document, such as {@code 3}, where a stage asks about each; empty
 *     where it asks once
 * @param attempts how often the model was asked, in all runs together
 * @param startedAt when the last attempt began
 * @param spent what the last attempt took
 * @param finishReason why the answer ended, such as {@code stop}; null if unknown
 * @param traceId of its trace in telemetry; null if there is none
 * @param error why it failed; null if it did not
 * @param result the model's answer, also one that was of no use; null if there is none, or it is
 *     longer than {@value #LONGEST_RESULT} characters
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LedgerEntry(
    String document,
    String stage,
    String part,
    Question question,
    State state,
    int attempts,
    Instant startedAt,
    Spending spent,
    @Nullable String finishReason,
    @Nullable String traceId,
    @Nullable String error,
    @Nullable String result) {

  /** The stage that stands for the whole document. */
  public static final String WHOLE = "document";

  /** The longest result that is kept, in characters. */
  public static final int LONGEST_RESULT = 1_000_000;

  /** The longest error that is kept, in characters; what is longer is cut. */
  public static final int LONGEST_ERROR = 4000;

  /** What became of it. */
  public enum State {
    DONE,
    FAILED
  }

  public LedgerEntry {
    error = ColumnText.cut(error, LONGEST_ERROR);
    if (result != null && result.length() > LONGEST_RESULT) {
      result = null;
    }
  }

  /** What tells it from the other entries of its document. */
  @JsonIgnore
  public String key() {
    return key(stage, part);
  }

  /** The {@link #key()} of such an entry. */
  public static String key(String stage, String part) {
    return part.isEmpty() ? stage : stage + "#" + part;
  }

  /** The same entry, failed after all: its answer was of no use. */
  public LedgerEntry failed(String reason) {
    return new LedgerEntry(
        document,
        stage,
        part,
        question,
        State.FAILED,
        attempts,
        startedAt,
        spent,
        finishReason,
        traceId,
        reason,
        result);
  }

  /** The same entry, which cannot be used again. */
  public LedgerEntry withoutResult() {
    return new LedgerEntry(
        document,
        stage,
        part,
        question,
        state,
        attempts,
        startedAt,
        spent,
        finishReason,
        traceId,
        error,
        null);
  }

  @Override
  public String toString() {
    return "LedgerEntry[%s %s %s]".formatted(document, key(), state);
  }
}
