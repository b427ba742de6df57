/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatAnswerTest {

  private static final String INVOICE =
      """
      INVOICE No. 4711

      From: ACME Tools Ltd <billing@acme.example>
      Bill to: Contoso GmbH
      Invoice date: 14 March 2026
      Due date: 2026-04-13

      12 hammers        EUR 240.00
      VAT 19%           EUR 45.60
      Total:            EUR 285.60
      """;

  private static final String MAIL =
      """
      From: Jane Doe <jane@example.com>
      To: support@example.org
      Subject: Parcel arrived damaged

      Dear support team,

      the parcel I ordered on 03.05.2026 arrived broken. I am disappointed and want a refund.
      Please answer as soon as possible.

      Kind regards
      Jane Doe
      """;

  private static final String MINUTES =
      """
      Minutes of the product meeting
      Date: March 5, 2026
      Attendees: Ann Lee, Bob Stone (minutes) and Carl Weiß

      We agreed to ship in May. The budget stays as it is.

      Action items:
      - Ann writes the announcement
      - Bob checks the figures
      """;

  private static final String CLASSIFY =
      "Classify the document as one of: invoice, e-mail, minutes, contract, log, other."
          + " Reply with the label only.";

  @Test
  void classifiesByThePromptOfTheSystemMessage() {
    assertThat(answer(CLASSIFY, INVOICE)).isEqualTo("invoice");
    assertThat(answer(CLASSIFY, MAIL)).isEqualTo("e-mail");
    assertThat(answer(CLASSIFY, MINUTES)).isEqualTo("minutes");
    assertThat(answer(CLASSIFY, "The moon is made of cheese.")).isEqualTo("other");
    assertThat(answer(CLASSIFY, "")).isEqualTo("other");
  }

  @Test
  void classifiesWhenPromptAndDocumentShareAMessage() {
    assertThat(answer(CLASSIFY + "\n\n" + INVOICE)).isEqualTo("invoice");
    assertThat(answer(CLASSIFY + "\n" + "Dear Ann, best regards, Bob")).isEqualTo("e-mail");
    assertThat(answer(MINUTES + "\n\n" + CLASSIFY)).isEqualTo("minutes");
    assertThat(answer("Classify as positive or negative: I love this product, thank you!"))
        .isEqualTo("positive");
  }

  @Test
  void extractsExactlyTheNamedFields() {
    assertThat(
            answer(
                "Reply with a JSON object with the fields: sender, date, amount, colour", INVOICE))
        .isEqualTo(
            "{\"sender\":\"ACME Tools Ltd\",\"date\":\"2026-03-14\",\"amount\":\"EUR 285.60\","
                + "\"colour\":null}");
    assertThat(
            answer(
                "Extract as JSON: {\"title\": ..., \"attendees\": [...], \"actionItems\": []}",
                MINUTES))
        .isEqualTo(
            "{\"title\":\"Minutes of the product meeting\","
                + "\"attendees\":[\"Ann Lee\",\"Bob Stone\",\"Carl Weiß\"],"
                + "\"actionItems\":[\"Ann writes the announcement\",\"Bob checks the figures\"]}");
  }

  @Test
  void extractsFromAMessageThatHoldsThePromptToo() {
    assertThat(
            answer(
                "Extract `sender_email`, `subject` and `language` from this mail as JSON.\n\n"
                    + MAIL))
        .isEqualTo(
            "{\"sender_email\":\"jane@example.com\",\"subject\":\"Parcel arrived damaged\","
                + "\"language\":\"en\"}");
  }

  @Test
  void keepsToASchema() throws Exception {
    JsonNode format =
        new ObjectMapper()
            .readTree(
                """
                {"type":"json_schema","json_schema":{"name":"x","schema":{"type":"object","properties":{
                  "total":{"type":"number"},"currency":{"type":"string"},"due":{"type":"string"},
                  "kind":{"enum":["letter","invoice"]},"notes":{"type":["string","null"]},
                  "buyer":{"type":"object","properties":{"name":{"type":"string"}}},
                  "tags":{"type":"array","items":{"type":"string"}},"paid":{"type":"boolean"}}}}}
                """);

    assertThat(ChatAnswer.to(List.of(new Turn("user", INVOICE)), format))
        .isEqualTo(
            "{\"total\":285.60,\"currency\":\"EUR\",\"due\":\"2026-04-13\",\"kind\":\"invoice\","
                + "\"notes\":null,\"buyer\":{\"name\":\"Contoso GmbH\"},\"tags\":[],\"paid\":false}");
  }

  @Test
  void answersWithTitleAndSummaryWhenAnyJsonObjectWillDo() throws Exception {
    JsonNode format = new ObjectMapper().readTree("{\"type\":\"json_object\"}");

    assertThat(ChatAnswer.to(List.of(new Turn("user", MINUTES)), format))
        .isEqualTo(
            "{\"title\":\"Minutes of the product meeting\","
                + "\"summary\":\"We agreed to ship in May.\"}");
  }

  @Test
  void sumsUpAndSaysWhoDoes() {
    assertThat(answer("Summarise the document in one sentence.", MAIL))
        .isEqualTo("[simulated] the parcel I ordered on 03.05.2026 arrived broken.");
    assertThat(answer("You are a helpful assistant.", "Tell me about camels."))
        .isEqualTo("[simulated] Tell me about camels.");
    assertThat(answer("Hello!")).isEqualTo("[simulated] Hello!");
    assertThat(answer("Summarise the mail.", "")).isEqualTo("[simulated] The document is empty.");
    assertThat(answer("Summarise in 5 words:\n\nOne two three four five six seven."))
        .isEqualTo("[simulated] One two three four five…");
  }

  @Test
  void answersTheLastMessageOfAConversation() {
    List<Turn> turns =
        List.of(
            new Turn("user", "Labels: a, b"),
            new Turn("assistant", "Please return JSON with the fields: x"),
            new Turn("user", "text about b"));

    assertThat(ChatAnswer.to(turns, null)).isEqualTo("b");
  }

  @Test
  void answersAConversationWithoutAUser() {
    assertThat(ChatAnswer.to(List.of(new Turn("system", "Be brief.")), null))
        .isEqualTo("[simulated] The document is empty.");
  }

  private static String answer(String... texts) {
    return texts.length == 1
        ? ChatAnswer.to(List.of(new Turn("user", texts[0])), null)
        : ChatAnswer.to(List.of(new Turn("system", texts[0]), new Turn("user", texts[1])), null);
  }
}
