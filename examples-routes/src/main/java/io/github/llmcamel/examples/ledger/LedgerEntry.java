/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one document at one stage. Prints no content.
 *
 * @param document which one; at most {@value #LONGEST_DOCUMENT} characters
 * @param stage what was asked, such as {@code classify}; {@link #WHOLE} for all stages together
 * @param part which part of the document, such as {@code 3}, where a stage asks about each; empty
 *     where it asks once
 * @param contentHash SHA-256 of the document, in hex; null if it could not be read
 * @param requestHash SHA-256 of all that was sent, in hex: an answer serves again only if nothing
 *     about its question has changed; null if nothing was to be sent
 * @param promptVersion of the stage; null if it has none
 * @param model that answered, else that was asked; null if unknown
 * @param attempts how often the model was asked, in all runs together
 * @param inputTokens as the provider counted; null if it did not
 * @param outputTokens as the provider counted; null if it did not
 * @param cost in {@code currency}; null, never 0, if the model has no price
 * @param currency of ISO 4217; null if there is no cost
 * @param startedAt of the last attempt
 * @param seconds that the last attempt took
 * @param firstTokenSeconds from sending to the first token; null unless the answer was streamed
 * @param finishReason why the answer ended, such as {@code stop}; null if unknown
 * @param traceId of its trace in telemetry; null if there is none
 * @param error why it failed; null if it did not
 * @param result the model's answer, also one that was of no use; null if there is none, or it is
 *     longer than {@value #LONGEST_RESULT} characters
 */
public record LedgerEntry(
    String document,
    String stage,
    String part,
    @Nullable String contentHash,
    @Nullable String requestHash,
    @Nullable String promptVersion,
    @Nullable String model,
    State state,
    int attempts,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    @Nullable BigDecimal cost,
    @Nullable String currency,
    Instant startedAt,
    double seconds,
    @Nullable Double firstTokenSeconds,
    @Nullable String finishReason,
    @Nullable String traceId,
    @Nullable String error,
    @Nullable String result) {

  /** The stage that stands for the whole document. */
  public static final String WHOLE = "document";

  /** The longest name of a document, in characters. */
  public static final int LONGEST_DOCUMENT = 1000;

  /** The longest result that is kept, in characters. */
  public static final int LONGEST_RESULT = 1_000_000;

  private static final int LONGEST_ERROR = 4000;

  /** What became of it. */
  public enum State {
    DONE,
    FAILED
  }

  /**
   * @throws IllegalArgumentException if the name of the document is too long
   */
  public LedgerEntry {
    if (document.length() > LONGEST_DOCUMENT) {
      throw new IllegalArgumentException(
          "The name of a document has %d characters; at most %d fit the ledger. Shorten its path."
              .formatted(document.length(), LONGEST_DOCUMENT));
    }
    if (error != null && error.length() > LONGEST_ERROR) {
      error = error.substring(0, LONGEST_ERROR);
    }
    if (result != null && result.length() > LONGEST_RESULT) {
      result = null;
    }
  }

  /** What tells it from the other entries of its document. */
  public String key() {
    return part.isEmpty() ? stage : stage + "#" + part;
  }

  /** The same entry, failed after all: its answer was of no use. */
  public LedgerEntry failed(String reason) {
    return new LedgerEntry(
        document,
        stage,
        part,
        contentHash,
        requestHash,
        promptVersion,
        model,
        State.FAILED,
        attempts,
        inputTokens,
        outputTokens,
        cost,
        currency,
        startedAt,
        seconds,
        firstTokenSeconds,
        finishReason,
        traceId,
        reason,
        result);
  }

  @Override
  public String toString() {
    return "LedgerEntry[%s %s %s]".formatted(document, key(), state);
  }
}
