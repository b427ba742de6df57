/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.model.Part.Media;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentJsonTest {

  private static final String INPUT = "gen_ai.input.messages";
  private static final int ROOMY = 10_000;

  @Test
  void writesEveryPartInTheFormOfTheConventions() {
    ContentMessage message =
        assistant(
            new ContentPart.Text("Hello \"you\"."),
            new ContentPart.Reasoning("Hm."),
            new ContentPart.Refusal("No."),
            new ContentPart.ToolCall("c1", "weather", "{\"city\":\"Paris\",\"days\":1.50}"),
            new ContentPart.ToolCall("c2", "cut", "{\"city\":\"Pa"),
            new ContentPart.ToolResult("c1", "rainy"),
            new ContentPart.Blob(Media.Kind.IMAGE, "image/png", "aGk=", 2),
            new ContentPart.Link(Media.Kind.DOCUMENT, "https://example.com/a.pdf"),
            new ContentPart.Other("thinking", 7));

    String text = text(List.of(message), ROOMY);

    ContentSchemas.assertValid(INPUT, text);
    assertThat(text)
        .isEqualTo(
            """
            [{"role":"assistant","parts":[\
            {"type":"text","content":"Hello \\"you\\"."},\
            {"type":"reasoning","content":"Hm."},\
            {"type":"refusal","content":"No."},\
            {"type":"tool_call","id":"c1","name":"weather","arguments":{"city":"Paris","days":1.50}},\
            {"type":"tool_call","id":"c2","name":"cut","arguments":"{\\"city\\":\\"Pa"},\
            {"type":"tool_call_response","id":"c1","response":"rainy"},\
            {"type":"blob","modality":"image","mime_type":"image/png","size":2,"content":"aGk="},\
            {"type":"uri","modality":"document","uri":"https://example.com/a.pdf"},\
            {"type":"thinking","size":7}]}]""");
  }

  @Test
  void writesToolsWithWhatIsKnownOfThem() {
    ContentJson json =
        ContentJson.ofTools(
            List.of(
                new ToolDefinition("function", "weather", "Tells it.", "{\"type\":\"object\"}"),
                new ToolDefinition("web_search", "web_search", null, null)),
            ROOMY);

    String text = Objects.requireNonNull(json).text();
    ContentSchemas.assertValid("gen_ai.tool.definitions", text);
    assertThat(text)
        .isEqualTo(
            """
            [{"type":"function","name":"weather","description":"Tells it.","parameters":{"type":"object"}},\
            {"type":"web_search","name":"web_search"}]""");
  }

  @Test
  void hasTheSameAsAStructuredValue() {
    String arguments =
        """
        {"a":["x",1,null],"b":true,"c":null,"d":1.5,"e":18446744073709551616}""";
    ContentJson json =
        Objects.requireNonNull(
            ContentJson.ofParts(List.of(new ContentPart.ToolCall("c1", "f", arguments)), ROOMY));

    assertThat(json.value())
        .isEqualTo(
            Value.of(
                Value.of(
                    KeyValue.of("type", Value.of("tool_call")),
                    KeyValue.of("id", Value.of("c1")),
                    KeyValue.of("name", Value.of("f")),
                    KeyValue.of(
                        "arguments",
                        Value.of(
                            KeyValue.of(
                                "a", Value.of(Value.of("x"), Value.of(1), Value.of("null"))),
                            KeyValue.of("b", Value.of(true)),
                            KeyValue.of("d", Value.of(1.5)),
                            KeyValue.of("e", Value.of(0x1p64)))))));
  }

  @Test
  void isAbsentWhereThereIsNothing() {
    assertThat(ContentJson.ofMessages(List.of(), ROOMY)).isNull();
  }

  @Test
  void cutsLongTextsToAFairShareAndKeepsShortOnes() {
    List<ContentMessage> messages =
        List.of(user("short"), user("a".repeat(1_000)), user("b".repeat(2_000)));

    JsonNode json = cut(messages, 500);

    assertThat(content(json, 0)).isEqualTo("short");
    assertThat(content(json, 1)).matches("a{100,}…");
    assertThat(content(json, 2)).matches("b{100,}…").hasSameSizeAs(content(json, 1));
  }

  @Test
  void fillsTheBudget() {
    assertThat(text(List.of(user("a".repeat(1_000))), 300)).hasSize(300);
  }

  @Test
  void cutsNothingThatFitsExactly() {
    List<ContentMessage> messages = List.of(user("a\n\"\u0001é".repeat(10)));
    String whole = text(messages, ROOMY);

    assertThat(text(messages, whole.length())).isEqualTo(whole);
    assertThat(text(messages, whole.length() - 1)).contains("…");
  }

  @ParameterizedTest
  @ValueSource(strings = {"🐫", "a🐫", "\"", "\u0001", "é\\"})
  @DisplayName("54. JSON is valid at every budget")
  void isValidAtEveryBudgetAndSplitsNoCodePoint(String piece) {
    List<ContentMessage> messages =
        List.of(
            user(piece.repeat(20)),
            assistant(
                new ContentPart.ToolCall(
                    "c1", "f", "{\"a\":{\"b\":[\"%s\"]}}".formatted("x".repeat(99))),
                new ContentPart.Text(piece.repeat(30))));
    for (int budget = 1; budget < 600; budget++) {
      ContentJson json = ContentJson.ofMessages(messages, budget);
      if (json != null) {
        assertThat(json.text().length()).isLessThanOrEqualTo(budget);
        ContentSchemas.assertValid(INPUT, json.text());
        assertThat(json.text().codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)).isFalse();
      }
    }
  }

  @Test
  void cutsTextsInsideOfArgumentsAndKeepsTheirForm() {
    JsonNode json =
        cut(
            List.of(
                assistant(
                    new ContentPart.ToolCall(
                        "c1", "f", "{\"n\":1,\"text\":\"" + "a".repeat(150) + "\"}"))),
            200);

    JsonNode arguments = json.at("/0/parts/0/arguments");
    assertThat(arguments.get("n").intValue()).isEqualTo(1);
    assertThat(arguments.get("text").textValue()).endsWith("a…");
  }

  @Test
  void cutsArgumentsThatAreLongerThanTheBudgetLikeAText() {
    String numbers = IntStream.range(0, 500).boxed().toList().toString();

    JsonNode json = cut(List.of(assistant(new ContentPart.ToolCall("c1", "f", numbers))), 200);

    assertThat(json.at("/0/parts/0/arguments").textValue()).startsWith("[0, 1").endsWith("…");
  }

  @Test
  void leavesOutMediaThatDoNotFitBesideTheTexts() {
    ContentPart small = new ContentPart.Blob(Media.Kind.IMAGE, "image/png", "aGk=", 2);
    ContentPart large =
        new ContentPart.Blob(Media.Kind.IMAGE, "image/png", "A".repeat(4_000), 3_000);

    JsonNode json =
        cut(
            List.of(
                new ContentMessage(
                    ContentRole.USER,
                    List.of(large, small, new ContentPart.Text("What is it?")),
                    null,
                    null)),
            400);

    assertThat(json.at("/0/parts/0/content").textValue()).isEmpty();
    assertThat(json.at("/0/parts/0/size").intValue()).isEqualTo(3_000);
    assertThat(json.at("/0/parts/1/content").textValue()).isEqualTo("aGk=");
    assertThat(json.at("/0/parts/2/content").textValue()).isEqualTo("What is it?");
  }

  @Test
  void leavesOutTheOldestMessagesWhereNotEvenTheirFramesFitAndSaysSo() {
    List<ContentMessage> messages = new ArrayList<>(Collections.nCopies(1_000, user("old")));
    messages.add(user("last"));

    JsonNode json = cut(messages, 300);

    assertThat(content(json, json.size() - 1)).isEqualTo("last");
    assertThat(json.at("/0/left_out").intValue()).isEqualTo(1_001 - json.size());
  }

  @Test
  void printsNoContent() {
    assertThat(ContentJson.ofMessages(List.of(user("canary")), ROOMY))
        .hasToString("ContentJson[1]");
    assertThat(user("canary")).asString().doesNotContain("canary");
  }

  private static ContentMessage user(String text) {
    return new ContentMessage(ContentRole.USER, List.of(new ContentPart.Text(text)), null, null);
  }

  private static ContentMessage assistant(ContentPart... parts) {
    return new ContentMessage(ContentRole.ASSISTANT, List.of(parts), null, null);
  }

  private static JsonNode cut(List<ContentMessage> messages, int budget) {
    String text = text(messages, budget);
    assertThat(text.length()).isLessThanOrEqualTo(budget);
    return ContentSchemas.assertValid(INPUT, text);
  }

  private static String text(List<ContentMessage> messages, int budget) {
    return Objects.requireNonNull(ContentJson.ofMessages(messages, budget)).text();
  }

  private static @Nullable String content(JsonNode json, int message) {
    return json.at("/%d/parts/0/content".formatted(message)).textValue();
  }
}
