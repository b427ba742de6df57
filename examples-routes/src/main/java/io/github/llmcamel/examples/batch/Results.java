/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.ledger.StageMemory;
import io.github.llmcamel.examples.stages.Continuation;
import java.io.IOException;
import java.util.concurrent.Executor;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/** Where results end: first in the ledger, then in the file, the sums and the progress. */
public final class Results extends AsyncProcessorSupport {

  private final StageMemory ledger;
  private final Totals totals;
  private final Progress progress;
  private final Executor pool;
  private final @Nullable ResultsFile file;

  /**
   * @param pool on which files are written
   * @param file null for none
   */
  Results(
      StageMemory ledger,
      Totals totals,
      Progress progress,
      Executor pool,
      @Nullable ResultsFile file) {
    this.ledger = ledger;
    this.totals = totals;
    this.progress = progress;
    this.pool = pool;
    this.file = file;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    DocumentResult result = exchange.getMessage().getBody(DocumentResult.class);
    return Continuation.await(
        ledger.record(result.entries()), pool, exchange, callback, recorded -> add(result));
  }

  private synchronized void add(DocumentResult result) throws IOException {
    if (file != null) {
      file.append(result);
    }
    totals.add(result);
    progress.add(result);
  }
}
