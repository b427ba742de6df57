/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtractionTest {

  private static final String LETTER =
      """
      # Offer 2026-77

      **Von:** Müller & Söhne GmbH
      An: Frau Dr. Özlem Ünal <oezlem@example.org>; Weiß, Karl
      Datum: 3. März 2026
      Fällig am: 03.04.2026
      Kundennummer: K-1234
      Status: paid

      Wir liefern 25 Stühle für 1.250,50 € und 3 Tische für 99 EUR. Gesamtbetrag: 1.349,50 €
      Rückfragen unter +49 89 1234567 oder https://example.org/hilfe. Das ist nicht dringend.
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          title            | "Offer 2026-77"
          sender           | "Müller & Söhne GmbH"
          senderName       | "Müller & Söhne GmbH"
          recipient        | "Frau Dr. Özlem Ünal ; Weiß, Karl"
          recipients       | ["Frau Dr. Özlem Ünal","Weiß, Karl"]
          recipient_email  | "oezlem@example.org"
          date             | "2026-03-03"
          due_date         | "2026-04-03"
          dates            | ["2026-03-03","2026-04-03"]
          total            | "1.349,50 €"
          currency         | "EUR"
          Kundennummer     | "K-1234"
          offer number     | "2026-77"
          status           | "paid"
          phone            | "+49 89 1234567"
          url              | "https://example.org/hilfe"
          language         | "de"
          summary          | "Wir liefern 25 Stühle für 1.250,50 € und 3 Tische für 99 EUR."
          delivery_date    | null
          iban             | null
          attendees        | null
          """)
  void findsInALetter(String field, String json) {
    assertThat(extract(LETTER, Field.any(field))).isEqualTo("{\"" + field + "\":" + json + "}");
  }

  @Test
  void findsNothingInAnEmptyDocument() {
    List<String> names =
        List.of(
            "title",
            "sender",
            "date",
            "amount",
            "email",
            "summary",
            "language",
            "attendees",
            "id",
            "sentiment");

    String json = extract("", names.stream().map(Field::any).toArray(Field[]::new));

    assertThat(json)
        .isEqualTo(
            "{\"title\":null,\"sender\":null,\"date\":null,\"amount\":null,\"email\":null,"
                + "\"summary\":null,\"language\":null,\"attendees\":null,\"id\":null,"
                + "\"sentiment\":null}");
  }

  @Test
  void fillsWhatMustNotBeNullWithTheEmptyValueOfItsKind() {
    assertThat(
            extract(
                "Nothing.",
                strict("a", Field.Kind.TEXT),
                strict("b", Field.Kind.NUMBER),
                strict("c", Field.Kind.INTEGER),
                strict("d", Field.Kind.LIST),
                strict("e", Field.Kind.BOOLEAN),
                strict("f", Field.Kind.OBJECT)))
        .isEqualTo("{\"a\":\"\",\"b\":0,\"c\":0,\"d\":[],\"e\":false,\"f\":{}}");
  }

  @Test
  void readsNumbersNextToTheirNames() {
    assertThat(
            extract(
                "The report has 42 pages. Quantity: 1,250 pieces, weight 3.5 kg.",
                Field.of("pages", Field.Kind.INTEGER),
                Field.of("quantity", Field.Kind.NUMBER),
                Field.of("weight", Field.Kind.NUMBER),
                Field.of("height", Field.Kind.NUMBER)))
        .isEqualTo("{\"pages\":42,\"quantity\":1250,\"weight\":3.5,\"height\":null}");
  }

  @Test
  void keepsBrokenCharactersAndOtherScripts() {
    assertThat(
            extract(
                "From: Jos\uFFFD 山田\n\n本日は会議です。ありがとう。",
                Field.any("sender"),
                Field.any("summary"),
                Field.any("language")))
        .isEqualTo("{\"sender\":\"Jos\uFFFD 山田\",\"summary\":\"本日は会議です。\",\"language\":\"ja\"}");
  }

  @Test
  void answersYesOrNoByLabelOrByMention() {
    assertThat(
            extract(
                "Signed: no\nThis is urgent, please answer immediately.",
                Field.of("signed", Field.Kind.BOOLEAN),
                Field.of("is_urgent", Field.Kind.BOOLEAN),
                Field.of("spam", Field.Kind.BOOLEAN)))
        .isEqualTo("{\"signed\":false,\"is_urgent\":true,\"spam\":false}");
  }

  private static Field strict(String name, Field.Kind kind) {
    return new Field(name, kind, List.of(), List.of(), false);
  }

  private static String extract(String text, Field... fields) {
    return new Extraction(new Document(text)).object(Stream.of(fields).toList()).toString();
  }
}
