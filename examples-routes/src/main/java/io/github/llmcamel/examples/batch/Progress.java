/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/** Tells how far a run has come. Not thread-safe: whoever calls makes sure that it is alone. */
interface Progress {

  /** The first document is about to be sent. */
  void start();

  void add(DocumentResult result);

  /** No document is under way any more. */
  void end();

  /** A bar on a terminal, lines anywhere else. */
  static Progress of(PrintWriter out, long documents) {
    boolean movesCursor = Ansi.AUTO.enabled() && !"dumb".equals(System.getenv("TERM"));
    return movesCursor ? new ProgressOnBar(documents) : new ProgressInLines(out, documents);
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
