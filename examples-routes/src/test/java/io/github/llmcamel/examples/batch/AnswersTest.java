/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class AnswersTest {

  private static final String FIELDS =
      "{\"title\":\"t\",\"date\":null,\"sender\":\"s\",\"amount\":null,\"language\":\"en\"}";

  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

  @Test
  void readsWhatTheStagesLeft() throws BadAnswerException {
    answers(" invoice\n", "A summary.", FIELDS);
    exchange.setVariable("header:label.CamelLlmInputTokens", 5L);
    exchange.setVariable("header:summary.CamelLlmInputTokens", 6L);
    exchange.setVariable("header:fields.CamelLlmInputTokens", 7L);

    DocumentResult result = Answers.read(exchange);

    assertThat(result.document()).isEqualTo(Path.of("in", "a.txt").toString());
    assertThat(result.label()).isEqualTo("invoice");
    assertThat(result.fields()).containsEntry("title", "t").containsEntry("date", null);
    assertThat(result.inputTokens()).isEqualTo(18);
    assertThat(result.outputTokens()).as("no stage said").isNull();
    assertThat(result.isFailed()).isFalse();
  }

  @Test
  void refusesAnAnswerThatIsNoJsonAndSaysHowItEnded() {
    answers("invoice", "A summary.", "{\"title\":\"t");
    exchange.setVariable("header:fields.CamelLlmFinishReason", "length");

    assertThatThrownBy(() -> Answers.read(exchange))
        .isInstanceOf(BadAnswerException.class)
        .hasMessageContaining("JSON object")
        .hasMessageContaining("ended with length");
  }

  @Test
  void refusesAnObjectThatLacksAField() {
    answers("invoice", "A summary.", "{\"title\":\"t\"}");

    assertThatThrownBy(() -> Answers.read(exchange))
        .isInstanceOf(BadAnswerException.class)
        .hasMessageContaining("lacks a field")
        .hasMessageContaining("[title]");
  }

  private void answers(String label, String summary, String fields) {
    exchange.setVariable("document", Path.of("in", "a.txt"));
    exchange.setVariable("label", label);
    exchange.setVariable("summary", summary);
    exchange.setVariable("fields", fields);
  }
}
