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
                "{\"title\": \"Invo",
                null,
                Map.of(Stage.CLASSIFY, call)));
  }

  @Test
  void fieldsThatFitAreNoAnswerThatDoesNot() {
    exchange.setVariable("fields", Map.of("title", "t"));
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new BadAnswerException("No summary."));

    assertThat(DocumentResult.failed(exchange).unfit()).isNull();
  }

  /** As systems do whose language has no such letters. */
  @Test
  void aDocumentWhoseNameIsNoPathHasANameAllTheSame() {
    String document = Path.of("in").resolve("x").toString().replace("x", "gr\0\uFFFDe.txt");

    assertThat(DocumentResults.failed(document, "no").fileName()).isEqualTo("gr\0\uFFFDe.txt");
    assertThat(DocumentResults.failed("a.txt", "no").fileName()).isEqualTo("a.txt");
  }

  @Test
  void anErrorWithoutAMessageIsNamedAfterItsClass() {
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException());

    assertThat(DocumentResult.failed(exchange).error()).isEqualTo("IllegalStateException");
  }
}
