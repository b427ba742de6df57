/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void turnsJsonIntoValuesOfTheJdk() throws JsonProcessingException {
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("text", "x");
    expected.put("whole", 3_000_000_000L);
    expected.put("decimal", 0.5);
    expected.put("list", Arrays.asList(true, null, Map.of()));

    assertThat(
            Json.toJdk(
                Json.read(
                    "{\"text\":\"x\",\"whole\":3000000000,\"decimal\":0.5,\"list\":[true,null,{}]}")))
        .isEqualTo(expected);
    assertThat(Json.toJdk(Json.read("null"))).isNull();
  }

  @Test
  void writesWhatItHasRead() throws JsonProcessingException {
    String json = "{\"a\":[1,2.5,\"ü\",true,null,{\"b\":{}}]}";

    assertThat(Json.text(Json.toJdk(Json.read(json)))).isEqualTo(json);
    assertThat(Json.toTree(Map.of("a", 1))).isEqualTo(Json.read("{\"a\":1}"));
  }

  @Test
  void readsAnObjectKeepingTheOrderOfItsMembers() {
    assertThat(Json.readObject(" {\"z\":1,\"a\":[null],\"m\":{}} "))
        .hasToString("{z=1, a=[null], m={}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1]          | no JSON object",
        "null         | no JSON object",
        "''           | no JSON object",
        "canary       | no JSON object at line 1, column 7",
        "{\"canary\":  | no JSON object at line 1, column 11",
        "{} canary    | no JSON object at line 1, column 10",
      })
  void tellsWhereATextIsNoObjectWithoutQuotingIt(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.readObject(text))
        .withMessage(message)
        .withNoCause();
  }

  @Test
  void writesHalfASurrogatePairAsReplacementCharacter() throws JsonProcessingException {
    assertThat(new String(Json.bytes(Map.of("a", "x\uD83Dy\uDE00z👋")), StandardCharsets.UTF_8))
        .isEqualTo("{\"a\":\"x\uFFFDy\uFFFDz👋\"}");
  }

  @Test
  void readsMalformedBytesAsReplacementCharacter() {
    byte[] bytes = "{\"a\":\"x?y\"}".getBytes(StandardCharsets.UTF_8);
    bytes[7] = (byte) 0xC3;

    JsonNode json = Objects.requireNonNull(Json.tryRead(bytes, bytes.length));
    assertThat(json.path("a").textValue()).isEqualTo("x\uFFFDy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "{\"a\":1}}", "{} {}", "x", "{'a':1}", "[1,]"})
  void readsNothingFromWhatIsNotOneJsonText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

    assertThat(Json.tryRead(bytes, bytes.length)).isNull();
  }

  @Test
  void boundsTheDepthOfWhatItReads() {
    String fits = "[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH);
    String tooDeep = "[" + fits + "]";

    assertThat(Json.tryRead(fits.getBytes(StandardCharsets.UTF_8), fits.length())).isNotNull();
    assertThat(Json.tryRead(tooDeep.getBytes(StandardCharsets.UTF_8), tooDeep.length())).isNull();
    assertThatThrownBy(() -> Json.read(tooDeep)).isInstanceOf(JsonProcessingException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "12,12",
    "12.0,12",
    "1.2e1,12",
    "-1,-1",
    "3000000000,3000000000",
    "'\"12\"',12",
    "12.5,",
    "1e300,",
    "99999999999999999999,",
    "NaN,",
    "'\"x\"',",
    "'\"\"',",
    "true,",
    "null,",
    "[],"
  })
  void readsWholeNumbersLeniently(String json, Long expected) throws JsonProcessingException {
    assertThat(Json.wholeNumber(Json.read(json))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "7.0,7", "-1,", "'\"x\"',"})
  void countsFromZero(String json, Long expected) throws JsonProcessingException {
    assertThat(Json.count(Json.read(json))).isEqualTo(expected);
  }
}
