/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.component.LlmConstants;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DocumentResultTest {

  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

  @BeforeEach
  void nameTheDocument() {
    exchange.setVariable("document", Path.of("in", "a.txt"));
  }

  @Test
  void aDocumentThatFailedKeepsTheAnswersItHas() {
    exchange.setVariable("label", "log");
    exchange.setVariable("header:label." + LlmConstants.DURATION, Duration.ofMillis(1_500));
    exchange.setVariable("fields", "{\"title\": \"Invo");
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new BadAnswerException("No JSON."));

    StageResult call = new StageResult(null, null, 1.5, null, null);
    assertThat(DocumentResult.failed(exchange))
        .isEqualTo(
            new DocumentResult(
                Path.of("in", "a.txt").toString(),
                "log",
                null,
                null,
                "No JSON.",
                null,
                Map.of(Stage.CLASSIFY, call)));
  }

  @Test
  void anErrorWithoutAMessageIsNamedAfterItsClass() {
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException());

    assertThat(DocumentResult.failed(exchange).error()).isEqualTo("IllegalStateException");
  }
}
