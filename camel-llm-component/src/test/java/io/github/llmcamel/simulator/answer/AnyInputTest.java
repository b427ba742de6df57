/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Whatever is thrown together, an answer comes, always the same, in the promised form. */
class AnyInputTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> SCRAPS =
      List.of(
          " ",
          "\n",
          "\n\n",
          ":",
          ": ",
          ", ",
          ".",
          ". ",
          "?",
          "- ",
          "* ",
          "1. ",
          "\"",
          "`",
          "'",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "|",
          "/",
          "@",
          "#",
          "€",
          "EUR ",
          "1,250.00",
          "12",
          "-",
          "<",
          ">",
          "2026-02-30",
          "31/12/2026",
          "5 March 2026",
          "March",
          "a@b.c",
          "http://x",
          "+49 1234567",
          "JSON",
          "json object with ",
          "fields: ",
          "keys ",
          "one of ",
          "one of: ",
          "labels: ",
          " or ",
          " and ",
          "yes or no",
          "classify as ",
          "summarise in ",
          "3 words",
          "one sentence",
          "extract ",
          "as JSON",
          "the ",
          "null",
          "number",
          "date",
          "amount",
          "sender",
          "attendees",
          "From: ",
          "Dear Ann",
          "invoice",
          "other",
          "é",
          "山",
          "🦁",
          "\uD800",
          "\uDC00",
          "\uFFFD",
          "\u2028",
          "\u0000",
          "\uFEFF",
          "i\u0307",
          "ß");

  @RepeatedTest(20)
  void answersInThePromisedForm(RepetitionInfo repetition) throws Exception {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int times = 0; times < 100; times++) {
      List<Turn> turns =
          List.of(new Turn("system", scraps(random, 30)), new Turn("user", scraps(random, 60)));

      String answer = ChatAnswer.to(turns, null);
      String object = ChatAnswer.to(turns, MAPPER.readTree("{\"type\":\"json_object\"}"));
      String strict =
          ChatAnswer.to(
              turns,
              MAPPER.readTree(
                  """
                  {"type":"json_schema","json_schema":{"schema":{"properties":{
                    "total":{"type":"number"},"pages":{"type":"integer"}}}}}
                  """));

      assertThat(answer).isNotNull().isEqualTo(ChatAnswer.to(turns, null));
      assertThat(MAPPER.readTree(object).isObject()).isTrue();
      assertThat(MAPPER.readTree(strict).path("total").isNumber()).isTrue();
      assertThat(MAPPER.readTree(strict).path("pages").isIntegralNumber()).isTrue();
    }
  }

  @Test
  void survivesEndlessRepetition() {
    for (String scrap : SCRAPS) {
      String text = "one of json fields extract a " + scrap.repeat(20_000);
      assertThat(ChatAnswer.to(List.of(new Turn("system", text), new Turn("user", text)), null))
          .isNotNull();
    }
  }

  private static String scraps(Random random, int most) {
    StringBuilder text = new StringBuilder();
    for (int count = random.nextInt(most); count > 0; count--) {
      text.append(SCRAPS.get(random.nextInt(SCRAPS.size())));
    }
    return text.toString();
  }
}
