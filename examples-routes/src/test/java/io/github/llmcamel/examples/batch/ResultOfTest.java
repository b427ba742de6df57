/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.examples.ledger.LedgerEntry;
import io.github.llmcamel.examples.ledger.LedgerEntry.State;
import io.github.llmcamel.examples.pipelines.BadAnswerException;
import io.github.llmcamel.examples.stages.DocumentStages;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResultOfTest {

  private static final String NAMES = "label, summary,fields";

  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
  private final ResultOf resultOf = new ResultOf();

  @BeforeEach
  void beginADocument() {
    DocumentStages.begin(exchange, "in/a.txt").hasText("Dear all");
  }

  @Test
  void aDocumentThatIsThroughHasTheValuesThatAreAskedForAndAnEntryOfItsOwn() throws Exception {
    exchange.setVariable("label", "log");
    exchange.setVariable("summary", "It is.");
    exchange.setVariable("fields", Map.of("title", "t"));
    exchange.setVariable("other", "x");

    DocumentResult result = resultOf.completed(exchange, NAMES);

    assertThat(result.document()).isEqualTo("in/a.txt");
    assertThat(result.isFailed()).isFalse();
    assertThat(result.values())
        .containsExactly(
            Map.entry("label", "log"),
            Map.entry("summary", "It is."),
            Map.entry("fields", Map.of("title", "t")));
    assertThat(result.entries())
        .singleElement()
        .returns(LedgerEntry.WHOLE, LedgerEntry::stage)
        .returns(State.DONE, LedgerEntry::state)
        .returns(64, entry -> String.valueOf(entry.question().contentHash()).length())
        .returns(12, entry -> String.valueOf(entry.question().promptVersion()).length())
        .returns(ResultJson.forReaders(result), LedgerEntry::result);
  }

  @Test
  void anEmptyValueIsAFailure() {
    exchange.setVariable("label", "log");
    exchange.setVariable("summary", " \n");

    assertThatThrownBy(() -> resultOf.completed(exchange, NAMES))
        .isInstanceOf(BadAnswerException.class)
        .hasMessage("The model was asked for the summary and said nothing.");
  }

  @Test
  void aDocumentThatFailedKeepsTheValuesItHasAndItsText() {
    exchange.setVariable("label", "log");
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new BadAnswerException("No JSON."));

    DocumentResult result = resultOf.failed(exchange, "Dear all", NAMES);

    assertThat(result.error()).isEqualTo("No JSON.");
    assertThat(result.values()).containsExactly(Map.entry("label", "log"));
    assertThat(result.text()).isEqualTo("Dear all");
    assertThat(result.entries()).singleElement().returns(State.FAILED, LedgerEntry::state);
  }

  @Test
  void anErrorWithoutAMessageIsNamedAfterItsClass() {
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException());

    assertThat(resultOf.failed(exchange, null, NAMES).error()).isEqualTo("IllegalStateException");
  }
}
