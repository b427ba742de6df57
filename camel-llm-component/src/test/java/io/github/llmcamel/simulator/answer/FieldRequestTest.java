/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldRequestTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Reply with a JSON object with the fields: sender, date, amount",
        "Reply with a JSON object with the fields sender, date and amount. Nothing else.",
        "Reply with JSON only, with exactly these keys: `sender`, `date`, `amount`.",
        "Answer as JSON: {\"sender\": ..., \"date\": ..., \"amount\": ...}",
        "Answer as JSON: {\"sender\": \"string\", \"date\": \"YYYY-MM-DD\", \"amount\": 0.0}",
        "Answer in JSON:\n{\n  \"sender\": <who>,\n  \"date\": <when>,\n  \"amount\": <how much>\n}",
        "Extract the sender, the date and the amount from the document as JSON.",
        "Extract the following as JSON: sender, date, amount",
        "Return a JSON object with \"sender\", \"date\" and \"amount\".",
        "Return a JSON object containing sender, date and amount.",
        "Return JSON. Use `sender` for who wrote it, `date` for when, `amount` for how much.",
        "Fields (as JSON):\n- sender: who wrote it\n- date (ISO)\n- amount - how much",
        "Return a JSON object with \"sender\" (text), \"date\" (or null) and \"amount\" (a number or null).",
        "Extract sender, date and amount. Respond in JSON.",
        "JSON with these properties:\n1. sender\n2. date\n3. amount\n\nNo prose.",
      })
  void readsTheFieldsOf(String instruction) {
    assertThat(FieldRequest.asksForJson(instruction)).isTrue();
    assertThat(FieldRequest.fields(instruction))
        .extracting(Field::name)
        .containsExactly("sender", "date", "amount");
  }

  @Test
  void readsKindsFromRemarksAndSamples() {
    assertThat(
            FieldRequest.fields(
                "JSON with the fields: a (number), b (list of strings), c (boolean), d (integer), e"))
        .extracting(Field::name, Field::kind)
        .containsExactly(
            tuple("a", Field.Kind.NUMBER),
            tuple("b", Field.Kind.LIST),
            tuple("c", Field.Kind.BOOLEAN),
            tuple("d", Field.Kind.INTEGER),
            tuple("e", Field.Kind.ANY));
    assertThat(FieldRequest.fields("JSON with the fields: a (list of integer values)"))
        .extracting(Field::kind)
        .containsExactly(Field.Kind.LIST);
    assertThat(FieldRequest.fields("JSON: {\"a\": 1.5, \"b\": [], \"c\": true, \"d\": {\"x\": 1}}"))
        .extracting(Field::name, Field::kind)
        .containsExactly(
            tuple("a", Field.Kind.NUMBER),
            tuple("b", Field.Kind.LIST),
            tuple("c", Field.Kind.BOOLEAN),
            tuple("d", Field.Kind.OBJECT));
  }

  @Test
  void readsWhatAFieldMayBe() {
    assertThat(FieldRequest.fields("JSON with the fields: kind (one of: letter, invoice), date"))
        .extracting(Field::name, Field::options)
        .containsExactly(tuple("kind", List.of("letter", "invoice")), tuple("date", List.of()));
    assertThat(FieldRequest.fields("As JSON: {\"kind\": \"one of letter, invoice\"}"))
        .extracting(Field::options)
        .containsExactly(List.of("letter", "invoice"));
    assertThat(FieldRequest.fields("JSON with the fields: total (number or null), x (string|null)"))
        .extracting(Field::kind, Field::options)
        .containsExactly(tuple(Field.Kind.NUMBER, List.of()), tuple(Field.Kind.ANY, List.of()));
    assertThat(FieldRequest.fields("As JSON: {\"mood\": \"good|bad\"}"))
        .extracting(Field::options)
        .containsExactly(List.of("good", "bad"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Reply in plain text, no JSON.", "Do not use JSON.", "Fields: a, b", ""})
  void seesNoWishForJsonIn(String instruction) {
    assertThat(FieldRequest.asksForJson(instruction)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Reply with JSON.", "JSON: {", "JSON: {\"a", "JSON with fields: ", "{}json"})
  void findsNoFieldsIn(String instruction) {
    assertThat(FieldRequest.fields(instruction)).isEmpty();
  }
}
