/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.codec.openai.OpenAiChatFormat;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a chat request in OpenAI's format says beyond the messages. */
class ToolWriterTest {

  private static final String SCHEMA = "{'type':'object','properties':{'a':{'type':'string'}}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'tools':[{'type':'function','function':{'name':'f','description':'d','parameters':"
            + SCHEMA
            + ",'strict':true}}]"
            + "|'tools':[{'name':'f','description':'d','strict':true,'input_schema':"
            + SCHEMA
            + "}]",
        "'tools':[{'type':'function','function':{'name':'f'}}]"
            + "|'tools':[{'name':'f','input_schema':{'type':'object'}}]",
        "'tools':[{'name':'f','input_schema':{}},{'type':'web_search_20250305','name':'w'}]"
            + "|'tools':[{'name':'f','input_schema':{}},{'type':'web_search_20250305','name':'w'}]",
        "'tool_choice':'auto'|'tool_choice':{'type':'auto'}",
        "'tool_choice':'none'|'tool_choice':{'type':'none'}",
        "'tool_choice':'required'|'tool_choice':{'type':'any'}",
        "'tool_choice':{'type':'function','function':{'name':'f'}}"
            + "|'tool_choice':{'type':'tool','name':'f'}",
        "'tool_choice':{'type':'tool','name':'f'}|'tool_choice':{'type':'tool','name':'f'}",
        "'parallel_tool_calls':false"
            + "|'tool_choice':{'type':'auto','disable_parallel_tool_use':true}",
        "'parallel_tool_calls':false,'tool_choice':'required'"
            + "|'tool_choice':{'type':'any','disable_parallel_tool_use':true}",
        "'parallel_tool_calls':false,'tool_choice':'none'|'tool_choice':{'type':'none'}",
        "'parallel_tool_calls':true|",
        "'tools':null,'tool_choice':null,'parallel_tool_calls':null,'response_format':null|",
        "'response_format':{'type':'text'}|",
        "'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':"
            + SCHEMA
            + "}}|'output_config':{'format':{'type':'json_schema','schema':"
            + SCHEMA
            + "}}",
        "'response_format':{'type':'json_schema','json_schema':{'schema':{}}},"
            + "'reasoning_effort':'low'"
            + "|'output_config':{'effort':'low','format':{'type':'json_schema','schema':{}}}",
        "'thinking':{'type':'disabled'},'service_tier':null"
            + "|'thinking':{'type':'disabled'},'service_tier':null"
      })
  void isTranslatedWhereTheProtocolNamesItDifferently(String members, String expected)
      throws LlmException {
    String written = expected == null ? "" : "," + expected;

    assertThat(body(members))
        .isEqualTo(
            Wire.json(
                "{'model':'m','messages':[{'role':'user','content':'Hi'}],'max_tokens':9%s}",
                written));
  }

  @Test
  void jsonWithoutASchemaIsRefused() {
    assertThatThrownBy(() -> body("'response_format':{'type':'json_object'}"))
        .isInstanceOf(LlmRequestException.class)
        .hasMessage(
            "The request to acme cannot be written: responseFormat=json has no counterpart in"
                + " Anthropic's protocol, which knows JSON by its schema only. Set the option"
                + " jsonSchema, or ask for JSON in the prompt.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'json_schema'}",
        "{'type':'json_schema','json_schema':{'name':'n'}}",
        "{'type':'grammar'}",
        "'json'"
      })
  void aResponseFormatOfNoKnownFormIsRefused(String format) {
    assertThatThrownBy(() -> body("'response_format':" + format))
        .isInstanceOf(LlmRequestException.class)
        .hasMessage(
            "The request to acme cannot be written: response_format is of no known form. Make it a"
                + " json_schema that holds a schema.");
  }

  private static String body(String members) throws LlmException {
    return Wire.body(
        OpenAiChatFormat.read(
            Wire.json(
                "{'model':'m','messages':[{'role':'user','content':'Hi'}],'max_tokens':9,%s}",
                members)));
  }
}
