/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.stages.Concurrency;
import java.io.PrintWriter;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** Tells how far a run has come. Not thread-safe: whoever calls makes sure that it is alone. */
interface Progress {

  /** A log is no place for more. */
  int MOST_LINES = 1000;

  /** The first document is about to be sent. */
  void start();

  void add(DocumentResult result);

  /** No document is under way any more. */
  void end();

  /**
   * A bar on a terminal; anywhere else a line for each document, or, of many, now and then.
   *
   * @param documents how many will come; null if nobody knows
   * @param concurrency of the run; null if others work for it as well
   */
  static Progress of(PrintWriter out, @Nullable Long documents, @Nullable Concurrency concurrency) {
    boolean movesCursor = Ansi.AUTO.enabled() && !"dumb".equals(System.getenv("TERM"));
    return movesCursor
        ? new ProgressOnBar(documents, concurrency)
        : documents == null || documents > MOST_LINES
            ? new ProgressInSteps(out, documents, concurrency, Clock.systemUTC())
            : new ProgressInLines(out, documents);
  }

  /** This and, after it, another one. */
  default Progress and(Progress other) {
    return new Progress() {
      @Override
      public void start() {
        Progress.this.start();
        other.start();
      }

      @Override
      public void add(DocumentResult result) {
        Progress.this.add(result);
        other.add(result);
      }

      @Override
      public void end() {
        Progress.this.end();
        other.end();
      }
    };
  }
}
