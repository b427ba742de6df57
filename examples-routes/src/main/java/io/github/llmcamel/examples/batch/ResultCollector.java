/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.distribute.Outstanding;
import io.github.llmcamel.examples.ledger.LedgerEntry;
import io.github.llmcamel.examples.ledger.LedgerEntry.State;
import io.github.llmcamel.examples.ledger.StageMemory;
import io.github.llmcamel.examples.stages.Continuation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * Where results of workers arrive, each at least once. The first one goes to the exchange that
 * waits for it.
 *
 * <p>Nobody waits for one that came before, and for one of a run that was killed. Such a one goes
 * into the ledger alone, unless that knows better: the document need not be sent again then.
 */
final class ResultCollector extends AsyncProcessorSupport {

  private final Outstanding outstanding;
  private final StageMemory ledger;
  private final Executor pool;

  /**
   * @param pool on which exchanges go on
   */
  ResultCollector(Outstanding outstanding, StageMemory ledger, Executor pool) {
    this.outstanding = outstanding;
    this.ledger = ledger;
    this.pool = pool;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    if (!outstanding.isAddressee(exchange.getMessage())
        || outstanding.accept(exchange.getMessage())) {
      callback.done(true);
      return true;
    }
    return Continuation.await(
        keep(exchange.getMessage().getBody(DocumentResult.class)),
        pool,
        exchange,
        callback,
        kept -> {});
  }

  private CompletableFuture<List<LedgerEntry>> keep(DocumentResult late) {
    return ledger
        .find(late.document(), LedgerEntry.WHOLE, "")
        .thenCompose(
            known ->
                late.isFailed() || known.filter(entry -> entry.state() == State.DONE).isPresent()
                    ? CompletableFuture.completedFuture(List.of())
                    : ledger.record(late.entries()));
  }
}
