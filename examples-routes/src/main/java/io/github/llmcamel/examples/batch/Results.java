/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.io.IOException;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The last step of the route: keeps what became of each document. Thread-safe. */
public final class Results {

  private final Totals totals;
  private final Progress progress;
  private @Nullable ResultsFile file;

  Results(Totals totals, Progress progress) {
    this.totals = totals;
    this.progress = progress;
  }

  /** Where results go; to be said before the first one. A route that does not start has none. */
  synchronized void writeTo(ResultsFile results) {
    this.file = results;
  }

  /**
   * A document went through all stages.
   *
   * @throws BadAnswerException if its summary is empty
   */
  public void completed(Exchange exchange) throws IOException, BadAnswerException {
    if (exchange.getVariable("summary", String.class).isBlank()) {
      throw new BadAnswerException("The model was asked for a summary and said nothing.");
    }
    add(DocumentResult.completed(exchange));
  }

  /** A document failed; the reason is the exception that was caught. */
  public void failed(Exchange exchange) throws IOException {
    add(DocumentResult.failed(exchange));
  }

  private synchronized void add(DocumentResult result) throws IOException {
    Objects.requireNonNull(file, "writeTo").append(result);
    totals.add(result);
    progress.add(result);
  }
}
