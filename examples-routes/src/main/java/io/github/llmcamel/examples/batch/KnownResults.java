/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.ledger.LedgerEntry;
import io.github.llmcamel.examples.ledger.LedgerEntry.State;
import io.github.llmcamel.examples.ledger.StageMemory;
import io.github.llmcamel.examples.stages.Continuation;
import io.github.llmcamel.examples.stages.DocumentStages;
import io.github.llmcamel.examples.stages.PipelineVersion;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/**
 * A step before a document is sent: if the ledger knows what became of this text in this pipeline,
 * that becomes the body, and nobody need be asked.
 */
final class KnownResults extends AsyncProcessorSupport {

  private final StageMemory ledger;
  private final Executor pool;
  private final boolean retriesFailed;

  /**
   * @param pool on which exchanges go on
   * @param retriesFailed whether documents that failed in an earlier run are sent again
   */
  KnownResults(StageMemory ledger, Executor pool, boolean retriesFailed) {
    this.ledger = ledger;
    this.pool = pool;
    this.retriesFailed = retriesFailed;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    DocumentStages document = Objects.requireNonNull(DocumentStages.of(exchange), "no document");
    String version = PipelineVersion.of(exchange.getContext()).text();
    return Continuation.await(
        ledger.find(document.document(), LedgerEntry.WHOLE, ""),
        pool,
        exchange,
        callback,
        entry ->
            entry
                .filter(known -> serves(known, document.contentHash(), version))
                .map(LedgerEntry::result)
                .ifPresent(result -> use(exchange, result)));
  }

  private boolean serves(LedgerEntry known, @Nullable String content, String version) {
    return (known.state() == State.DONE || !retriesFailed)
        && Objects.equals(known.question().contentHash(), content)
        && version.equals(known.question().promptVersion());
  }

  private static void use(Exchange exchange, String result) {
    String text = exchange.getMessage().getBody(String.class);
    exchange.getMessage().setBody(ResultJson.parse(result).knownBefore(text));
  }
}
