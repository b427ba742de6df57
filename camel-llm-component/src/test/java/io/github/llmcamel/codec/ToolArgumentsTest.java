/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.model.ToolCall;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolArgumentsTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", " {} ", "{\"a\":1}", "{\"a\":{\"b\":[1,\"x\",null]}}"})
  void areValidIfTheyAreNoneOrOneObject(String arguments) {
    assertThat(ToolArguments.areValid(new ToolCall("x1", "f", arguments))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"a\":", "{\"a\":1,}", "{}{}", "[]", "12", "\"x\"", "{a:1}"})
  void areNotValidIfTheyAreCutOrMalformedOrNoObject(String arguments) {
    assertThat(ToolArguments.areValid(new ToolCall("x1", "f", arguments))).isFalse();
  }

  @Test
  void areAnyTextOfACustomTool() {
    ToolCall call = new ToolCall("x1", "code", "print(1)", ToolCall.Kind.CUSTOM, Map.of());

    assertThat(ToolArguments.areValid(call)).isTrue();
    assertThat(ToolArguments.asObject(call)).isNull();
  }
}
