/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.codec.Json;
import io.github.llmcamel.model.ResponseFormat;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** Reads the options responseFormat and jsonSchema, which say together what form an answer has. */
final class ResponseFormatOptions {

  private static final int LONGEST_NAME = 64;

  private ResponseFormatOptions() {}

  /**
   * The form that is asked for.
   *
   * @return null if there is none
   * @throws IllegalArgumentException if the two contradict each other or there is no schema to be
   *     read; names the option, never quotes the schema
   */
  static @Nullable ResponseFormat read(
      LlmConfiguration uri, LlmConfiguration component, CamelContext context) {
    // A URI that sets one of them is not completed by the component's other.
    LlmConfiguration owner =
        uri.getResponseFormat() != null || uri.getJsonSchema() != null ? uri : component;
    ResponseFormatType format = owner.getResponseFormat();
    String schema = owner.getJsonSchema();
    if (schema == null) {
      return format == null ? null : withoutSchema(format);
    }
    if (format != null && format != ResponseFormatType.JSON_SCHEMA) {
      throw new IllegalArgumentException(
          "jsonSchema contradicts responseFormat=%s. Remove one of them."
              .formatted(format.name().toLowerCase(Locale.ROOT)));
    }
    return withSchema(OptionText.read("jsonSchema", schema, context));
  }

  private static ResponseFormat withoutSchema(ResponseFormatType format) {
    return switch (format) {
      case TEXT -> new ResponseFormat.Text();
      case JSON -> new ResponseFormat.Json();
      case JSON_SCHEMA ->
          throw new IllegalArgumentException(
              "responseFormat=jsonSchema has no schema. Set the option jsonSchema beside it.");
    };
  }

  private static ResponseFormat withSchema(String text) {
    try {
      Map<String, Object> schema = Json.readObject(text);
      return new ResponseFormat.JsonSchema(name(schema), schema, null, null);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "jsonSchema is %s: give a schema in RAW(…), or a resource: that holds one."
              .formatted(e.getMessage()));
    }
  }

  /** OpenAI demands a name, of few characters. */
  private static String name(Map<String, Object> schema) {
    String title = schema.get("title") instanceof String text ? text : "";
    String name = title.replaceAll("[^A-Za-z0-9_-]", "");
    return name.isEmpty() ? "answer" : name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }
}
