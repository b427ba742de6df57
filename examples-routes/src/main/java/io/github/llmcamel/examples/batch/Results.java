/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.io.IOException;
import org.apache.camel.Exchange;

/** The last step of the route: keeps what became of each document. Thread-safe. */
public final class Results {

  private final ResultsFile file;
  private final Totals totals;
  private final Progress progress;

  Results(ResultsFile file, Totals totals, Progress progress) {
    this.file = file;
    this.totals = totals;
    this.progress = progress;
  }

  /** A document went through all stages. */
  public void completed(Exchange exchange) throws IOException {
    add(DocumentResult.completed(exchange));
  }

  /** A document failed; the reason is the exception that was caught. */
  public void failed(Exchange exchange) throws IOException {
    add(DocumentResult.failed(exchange));
  }

  private synchronized void add(DocumentResult result) throws IOException {
    file.append(result);
    totals.add(result);
    progress.add(result);
  }
}
