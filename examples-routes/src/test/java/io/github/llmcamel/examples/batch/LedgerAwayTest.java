/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.documents.Document;
import io.github.llmcamel.examples.launch.Dsl;
import io.github.llmcamel.examples.ledger.Ledger;
import io.github.llmcamel.examples.ledger.LedgerException;
import io.github.llmcamel.examples.stages.CallGate;
import io.github.llmcamel.examples.stages.StageInterceptor;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A ledger that is gone while a batch runs. */
class LedgerAwayTest {

  @ParameterizedTest
  @EnumSource
  void leavesTheDocumentToTheNextRun(Dsl dsl) throws Exception {
    Ledger ledger = Ledger.open("jdbc:h2:mem:away");
    ledger.close();
    AtomicInteger deadLetters = new AtomicInteger();
    Main main =
        Pipeline.configured(
            new BatchSettings.Asked(
                "simulator",
                "demo",
                null,
                null,
                false,
                dsl == Dsl.java ? null : "classpath:routes/batch.camel." + dsl));
    main.bind(
        "stages",
        new StageInterceptor(
            ledger, CallGate.OPEN, Runnable::run, false, StageInterceptor.Answers.OF_MODELS));
    main.configure()
        .addRoutesBuilder(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:dead-letters").process(failed -> deadLetters.incrementAndGet());
                from("direct:results").process(result -> {});
              }
            });
    main.start();
    try {
      Exchange exchange =
          main.getCamelTemplate()
              .request(
                  "direct:document",
                  document -> document.getMessage().setBody(new Document.Text("a", "Invoice")));

      assertThat(exchange.getException()).isInstanceOf(LedgerException.class);
      assertThat(deadLetters).hasValue(0);
    } finally {
      main.stop();
    }
  }
}
