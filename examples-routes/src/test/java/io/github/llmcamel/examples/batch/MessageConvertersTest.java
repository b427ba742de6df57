/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.documents.Document;
import io.github.llmcamel.examples.ledger.LedgerEntry;
import io.github.llmcamel.examples.pipelines.BadAnswerException;
import io.github.llmcamel.examples.stages.DocumentStages;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class MessageConvertersTest {

  private final CamelContext context = new DefaultCamelContext();
  private final Exchange exchange = new DefaultExchange(context);

  MessageConvertersTest() {
    context.getTypeConverterRegistry().addTypeConverters(new MessageConverters());
  }

  @Test
  void aResultComesBackAsItWas() {
    DocumentResult result = failed("Größe 😀", "Dear all");

    String message = context.getTypeConverter().convertTo(String.class, exchange, result);

    assertThat(context.getTypeConverter().convertTo(DocumentResult.class, exchange, message))
        .isEqualTo(result);
  }

  @Test
  void aDocumentIsNamedByItsMessage() {
    exchange.getMessage().setHeader("llmDocument", "in/ä.txt".getBytes(StandardCharsets.UTF_8));

    assertThat(context.getTypeConverter().convertTo(Document.class, exchange, "Dear all"))
        .isEqualTo(new Document.Text("in/ä.txt", "Dear all"));
  }

  @Test
  void aMessageOfAStrangerIsADocument() {
    assertThat(context.getTypeConverter().convertTo(Document.class, exchange, "Dear all").id())
        .isEqualTo(exchange.getExchangeId());
  }

  @Test
  void whatIsTooLongForABrokerIsLeftOut() {
    DocumentResult result = failed("No JSON.", "ä".repeat(5_000_000));

    DocumentResult sent =
        Objects.requireNonNull(MessageConverters.result(MessageConverters.text(result)));

    assertThat(sent.error()).isEqualTo("No JSON.");
    assertThat(sent.text()).isNull();
    assertThat(sent.entries())
        .singleElement()
        .returns(LedgerEntry.WHOLE, LedgerEntry::stage)
        .returns(null, LedgerEntry::result);
  }

  private DocumentResult failed(String reason, String text) {
    DocumentStages.begin(exchange, "in/a.txt").hasText(text);
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new BadAnswerException(reason));
    exchange.setVariable("fields", Map.of("title", "t"));
    return new ResultOf().failed(exchange, text, "label, fields");
  }
}
