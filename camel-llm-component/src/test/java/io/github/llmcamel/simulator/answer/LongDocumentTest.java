/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Quadratic work would take minutes here; the limit only has to tell it apart. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LongDocumentTest {

  private static final List<String> PROMPTS =
      List.of(
          "Classify as one of: invoice, e-mail, log, other",
          "Summarise in one sentence.",
          "JSON with the fields: title, sender_email, attendees, date, total, vat, invoice number,"
              + " url, phone, language, summary, sentiment, height");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a", "a ", "1 ", "a@", "a: ", "- a:\n", "\n\n", "{", "1,234,", "\uFFFD", "* \n", ", and "
      })
  void nastyTextIsReadInLinearTime(String unit) {
    String document = unit.repeat((1 << 18) / unit.length());

    for (String prompt : PROMPTS) {
      assertThat(ask(new Turn("system", prompt), new Turn("user", document))).isNotEmpty();
    }
    assertThat(ask(new Turn("user", document + " json"), new Turn("user", "x"))).isNotEmpty();
    assertThat(ask(new Turn("user", document))).startsWith("[simulated] ");
  }

  @Test
  void readsAMebibyteToItsEnd() {
    String document =
        "From: Ann\n\n" + "We go on. ".repeat((1 << 20) / 10) + "\n\nTotal: EUR 5.00\n";

    assertThat(
            ask(
                new Turn("system", "Reply as JSON: {\"sender\": ..., \"total\": 0}"),
                new Turn("user", document)))
        .isEqualTo("{\"sender\":\"Ann\",\"total\":5.00}");
  }

  @Test
  void boundsTheAnswer() {
    String document = "title: " + "a".repeat(1 << 20);

    assertThat(ask(new Turn("user", "JSON with the fields: title, x\n\n" + document)))
        .isEqualTo("{\"title\":\"" + "a".repeat(1_000) + "…\",\"x\":null}");
  }

  private static String ask(Turn... turns) {
    return ChatAnswer.to(List.of(turns), null);
  }
}
