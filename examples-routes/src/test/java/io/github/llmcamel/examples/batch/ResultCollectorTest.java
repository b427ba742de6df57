/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.distribute.Outstanding;
import io.github.llmcamel.examples.ledger.LedgerEntry;
import io.github.llmcamel.examples.ledger.LedgerEntry.State;
import io.github.llmcamel.examples.ledger.StageMemory;
import io.github.llmcamel.examples.pipelines.BadAnswerException;
import io.github.llmcamel.examples.stages.DocumentStages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ResultCollectorTest {

  private static final String NAMES = "label";

  private final CamelContext context = new DefaultCamelContext();
  private final Outstanding outstanding = new Outstanding("me", Runnable::run);
  private final List<LedgerEntry> ledger = new ArrayList<>();

  @Test
  void aResultThatNobodyWaitsForGoesIntoTheLedger() throws Exception {
    collect("me", done());

    assertThat(ledger)
        .singleElement()
        .returns(State.DONE, LedgerEntry::state)
        .matches(entry -> entry.result() != null);
  }

  @Test
  void itReplacesAFailureAndNothingThatIsDone() throws Exception {
    ledger.add(failed().entries().get(0));
    collect("me", done());
    assertThat(ledger).extracting(LedgerEntry::state).containsExactly(State.FAILED, State.DONE);

    ledger.remove(0);
    collect("me", done());
    assertThat(ledger).hasSize(1);
  }

  @Test
  void aFailureThatNobodyWaitsForAndTheResultOfAnotherSenderAreLeft() throws Exception {
    collect("me", failed());
    collect("you", done());

    assertThat(ledger).isEmpty();
  }

  private void collect(String sender, DocumentResult result) {
    context.getTypeConverterRegistry().addTypeConverters(new MessageConverters());
    Exchange exchange = exchange();
    exchange.getMessage().setHeader("llmSender", sender);
    exchange.getMessage().setBody(MessageConverters.text(result));
    CompletableFuture<Boolean> through = new CompletableFuture<>();
    new ResultCollector(outstanding, memory(), Runnable::run).process(exchange, through::complete);
    assertThat(through).isDone();
    assertThat(exchange.getException()).isNull();
  }

  private DocumentResult done() throws Exception {
    Exchange exchange = exchange();
    exchange.setVariable("label", "invoice");
    return new ResultOf().completed(exchange, NAMES);
  }

  private DocumentResult failed() {
    Exchange exchange = exchange();
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new BadAnswerException("No JSON."));
    return new ResultOf().failed(exchange, "Dear all", NAMES);
  }

  private Exchange exchange() {
    Exchange exchange = new DefaultExchange(context);
    DocumentStages.begin(exchange, "in/a.txt").hasText("Dear all");
    return exchange;
  }

  private StageMemory memory() {
    return new StageMemory() {
      @Override
      public CompletableFuture<Optional<LedgerEntry>> find(
          String document, String stage, String part) {
        return CompletableFuture.completedFuture(ledger.stream().findFirst());
      }

      @Override
      public CompletableFuture<List<LedgerEntry>> record(List<LedgerEntry> entries) {
        ledger.addAll(entries);
        return CompletableFuture.completedFuture(entries);
      }
    };
  }
}
