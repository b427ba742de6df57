/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.ledger.Spending;
import io.github.llmcamel.examples.ledger.Sums;
import io.github.llmcamel.examples.stages.StageResult;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** What some stages of documents took together, in this run and in earlier ones. */
final class Tally {

  private static final int DIGITS = 3;

  private final Histogram millis = new Histogram(DIGITS);
  private final Histogram firstTokenMillis = new Histogram(DIGITS);
  private final Sums sums = new Sums();
  private final Sums earlier = new Sums();
  private int documents;
  private long calls;
  private long reused;

  void addDocument(DocumentResult result) {
    documents++;
    result.stages().values().forEach(this::add);
  }

  void add(StageResult stage) {
    calls += stage.calls();
    reused += stage.reused();
    if (stage.spentEarlier() != null) {
      earlier.add(stage.spentEarlier());
    }
    if (stage.answers().isEmpty()) {
      sums.addTokens(null, null);
      return;
    }
    stage.answers().forEach(sums::add);
    millis.recordValue(millis(stage.answers().stream().mapToDouble(Spending::seconds).sum()));
    Double firstToken = stage.answers().get(0).firstTokenSeconds();
    if (firstToken != null) {
      firstTokenMillis.recordValue(millis(firstToken));
    }
  }

  private static long millis(double seconds) {
    return Math.round(seconds * 1000);
  }

  int documents() {
    return documents;
  }

  /** How often models were asked, in all runs together. */
  long calls() {
    return calls;
  }

  /** How many answers are from an earlier run. */
  long reused() {
    return reused;
  }

  /** What all answers took, also those of earlier runs. */
  Sums sums() {
    return sums;
  }

  /** What of {@link #sums} was spent in earlier runs. */
  Sums earlier() {
    return earlier;
  }

  /** What of all this is from earlier runs, in a sentence; empty if nothing is. */
  String fromEarlierRuns() {
    if (reused == 0) {
      return "";
    }
    String known = earlier.toString().isEmpty() ? "" : " They took %s of these sums.";
    return String.format(Locale.ROOT, "%,d answers are from an earlier run.", reused)
        + known.formatted(earlier);
  }

  /**
   * How long a stage takes in the middle and at worst: all its calls about a document, one after
   * the other.
   */
  String time() {
    return spread(millis);
  }

  /** When the first token comes, in the middle and at worst; known of streamed answers only. */
  String firstTokenTime() {
    return spread(firstTokenMillis);
  }

  private static String spread(Histogram millis) {
    if (millis.getTotalCount() == 0) {
      return "unknown";
    }
    return String.format(
        Locale.ROOT,
        "%.2f s (%.2f s at most)",
        seconds(millis, millis.getValueAtPercentile(50)),
        seconds(millis, millis.getMaxValue()));
  }

  /** The histogram names the end of a range of values that are the same to it. */
  private static double seconds(Histogram millis, long value) {
    return millis.lowestEquivalentValue(value) / 1000.0;
  }
}
