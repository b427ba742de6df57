/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.api.AbstractStringAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonAnswerTest {

  private static final CamelContext CAMEL = new DefaultCamelContext();

  private static final String FITS =
      """
      {"title": "Invoice 7", "date": null, "sender": "ACME", "amount": "1 €", "language": "en"}
      """;

  @Test
  void anAnswerThatFitsIsReadWithItsNulls() throws BadAnswerException {
    assertThat(fields().read(CAMEL, FITS, "stop"))
        .containsExactly(
            entry("title", "Invoice 7"),
            entry("date", null),
            entry("sender", "ACME"),
            entry("amount", "1 €"),
            entry("language", "en"));
  }

  @Test
  void everyFieldThatIsMissingIsNamed() {
    assertThatMessageOf("{\"title\": \"t\", \"sender\": null, \"language\": \"en\"}", "stop")
        .isEqualTo(
            "The model's JSON does not fit the schema: required property 'date' not found;"
                + " required property 'amount' not found");
  }

  @Test
  void aFieldOfTheWrongTypeIsNamedButNotQuoted() {
    assertThatMessageOf(FITS.replace("\"ACME\"", "[\"ACME\"]"), "stop")
        .endsWith("the schema: /sender: array found, [string, null] expected");
  }

  @Test
  void aFieldThatWasNotAskedForIsNamedButNotQuoted() {
    assertThatMessageOf(FITS.replace("}", ", \"iban\": \"DE1\"}"), "stop")
        .contains("the schema: property 'iban' is not defined")
        .doesNotContain("DE1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "17", "\"ACME\"", "null"})
  void jsonThatIsNoObjectDoesNotFit(String answer) {
    assertThatMessageOf(answer, "stop").endsWith(" found, object expected").doesNotContain("ACME");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "Sorry, no.", "{\"title\": \"Invo", FITS + "I hope it helps."})
  void anythingElseIsToldWithTheFinishReasonAndNotQuoted(String answer) {
    assertThatMessageOf(answer, "length")
        .isEqualTo("The model was asked for JSON and sent something else; it ended with length.");
  }

  @Test
  void aFinishReasonThatIsUnknownIsNotTold() {
    assertThatMessageOf("", null)
        .isEqualTo("The model was asked for JSON and sent something else.");
  }

  @Test
  void aReportIsInEnglishOnEveryMachine() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMAN);
    try {
      assertThatMessageOf("[]", "stop").endsWith("array found, object expected");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aSchemaThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> fieldsOf("classpath:no.json").read(CAMEL, FITS, "stop"))
        .hasStackTraceContaining("no.json");
  }

  private static JsonAnswer fields() {
    return fieldsOf("classpath:schemas/fields.json");
  }

  private static JsonAnswer fieldsOf(String schema) {
    return new JsonAnswer(schema);
  }

  private static AbstractStringAssert<?> assertThatMessageOf(
      String answer, @Nullable String finishReason) {
    return assertThatExceptionOfType(BadAnswerException.class)
        .isThrownBy(() -> fields().read(CAMEL, answer, finishReason))
        .extracting(BadAnswerException::getMessage, STRING);
  }
}
