/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.io.PrintWriter;

/** One line for each document. */
final class ProgressInLines implements Progress {

  private final PrintWriter out;
  private final long documents;
  private int seen;

  /**
   * @param documents how many will come
   */
  ProgressInLines(PrintWriter out, long documents) {
    this.out = out;
    this.documents = documents;
  }

  @Override
  public void start() {}

  @Override
  public void add(DocumentResult result) {
    seen++;
    String outcome = result.isFailed() ? "FAILED: " + result.error() : result.value("label");
    String line = "%3d/%d  %-34s %s".formatted(seen, documents, result.fileName(), outcome);
    // What a provider says must neither break the line nor steer the terminal.
    out.println(line.replaceAll("\\p{IsControl}+", " "));
    out.flush();
  }

  @Override
  public void end() {}
}
