/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolCallTest {

  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final String WHOLE =
      "{\"a\": [1, -2.5e+3, {}, [], true, false, null], \"b\\n\\u00e9\": {\"\": \"\\\"x\\\\\"}} ";
  private static final String MARKS = "{}[]\",:\\u-+.eE01tfn \n\u0001";

  @ParameterizedTest
  @ValueSource(strings = {"{}", " {} ", "{\"a\":1}", "{\"a\":{\"b\":[1,\"x\",null]}}", WHOLE})
  void hasValidArgumentsIfTheyAreOneObject(String arguments) {
    assertThat(call(arguments).hasValidArguments()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\":",
        "{\"a\":1",
        "{a:1}",
        "{\"a\":1,}",
        "{\"a\":01}",
        "{}{}",
        "[]",
        "12",
        "\"x\"",
        "{\"a\":\"\\x\"}",
        "{\"a\":NaN}",
        "{\"a\":1.}",
        "{\"a\" 1}",
        "{\"a\":tru}"
      })
  void hasNoValidArgumentsIfTheyAreCutOrMalformedOrNoObject(String arguments) {
    assertThat(call(arguments).hasValidArguments()).isFalse();
  }

  @Test
  void takesNoObjectForValidThatIsDeeperThanAnybodyReads() {
    assertThat(call("{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000)).hasValidArguments())
        .isFalse();
  }

  @Property(seed = "20261122")
  void agreesWithAJsonLibrary(@ForAll long seed) {
    String arguments = broken(new Random(seed));

    assertThat(call(arguments).hasValidArguments()).as(arguments).isEqualTo(isObject(arguments));
  }

  @Test
  void tellsTheIdsWeMakeUpFromThoseOfTheProvider() {
    String id = ToolCall.generatedId("c1", 0, 0);

    assertThat(new ToolCall(id, "f", "{}").isIdGenerated()).isTrue();
    assertThat(call("{}").isIdGenerated()).isFalse();
    assertThat(id)
        .isEqualTo(ToolCall.generatedId("c1", 0, 0))
        .isNotEqualTo(ToolCall.generatedId("c2", 0, 0))
        .isNotEqualTo(ToolCall.generatedId("c1", 1, 0))
        .isNotEqualTo(ToolCall.generatedId("c1", 0, 1))
        .matches("[a-z0-9_]{1,40}");
  }

  private static ToolCall call(String arguments) {
    return new ToolCall("x1", "f", arguments);
  }

  private static String broken(Random random) {
    StringBuilder text = new StringBuilder(WHOLE);
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(text.length());
      if (random.nextBoolean()) {
        text.deleteCharAt(at);
      } else {
        text.insert(at, MARKS.charAt(random.nextInt(MARKS.length())));
      }
    }
    return text.toString();
  }

  private static boolean isObject(String text) {
    try {
      JsonNode json = STRICT.readTree(text);
      return json.isObject();
    } catch (IOException notJson) {
      return false;
    }
  }
}
