/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import io.github.llmcamel.codec.Members;
import io.github.llmcamel.codec.Typed;
import io.github.llmcamel.model.ResponseFormat;
import io.github.llmcamel.model.ToolChoice;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes what the answer has to be: a call of a tool, or JSON of a form. Values of the JDK. */
final class AnswerRules {

  private AnswerRules() {}

  /** The value of {@code tool_choice}. */
  static Object toolChoice(ToolChoice choice) {
    return choice.name() == null
        ? choice.mode().name().toLowerCase(Locale.ROOT)
        : Typed.object("function", "function", Map.of("name", choice.name()));
  }

  /** The value of {@code response_format}. */
  static Object responseFormat(ResponseFormat format) {
    return format instanceof ResponseFormat.JsonSchema named
        ? Members.merged(jsonSchema(named), named.extras())
        : Map.of("type", format instanceof ResponseFormat.Json ? "json_object" : "text");
  }

  /** The same without its extras. */
  static Map<String, Object> jsonSchema(ResponseFormat.JsonSchema named) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", named.name());
    if (named.description() != null) {
      members.put("description", named.description());
    }
    members.put("schema", named.schema());
    if (named.strict() != null) {
      members.put("strict", named.strict());
    }
    return Typed.object("json_schema", "json_schema", members);
  }
}
