/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.binding.AnswerType;
import io.github.llmcamel.model.ResponseFormat;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads the options responseFormat, jsonSchema and outputClass, which say together what form an
 * answer has.
 */
final class ResponseFormatOptions {

  private static final int LONGEST_NAME = 64;

  private ResponseFormatOptions() {}

  /**
   * Whose options they are. A URI that sets one of them is not completed by the component's others.
   */
  static LlmConfiguration owner(LlmConfiguration uri, LlmConfiguration component) {
    return uri.getResponseFormat() != null
            || uri.getJsonSchema() != null
            || uri.getOutputClass() != null
        ? uri
        : component;
  }

  /**
   * The class that answers are read into.
   *
   * @return null if there is none
   * @throws IllegalArgumentException if there is no such class, or no answer can be one of its
   *     objects; names the option
   */
  static @Nullable AnswerType outputClass(LlmConfiguration owner, CamelContext context) {
    Object named = owner.getOutputClass();
    if (named == null) {
      return null;
    }
    Class<?> type = named instanceof Class<?> it ? it : find(named.toString(), context);
    try {
      return AnswerType.of(type);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("outputClass: " + e.getMessage(), e);
    }
  }

  private static Class<?> find(String name, CamelContext context) {
    Class<?> type = context.getClassResolver().resolveClass(name.strip());
    if (type == null) {
      throw new IllegalArgumentException(
          "outputClass '%s' is not on the class path. Correct it.".formatted(name));
    }
    return type;
  }

  /**
   * The form that is asked for.
   *
   * @param type what {@link #outputClass} is
   * @return null if there is none
   * @throws IllegalArgumentException if two contradict each other or there is no schema to be read;
   *     names the option, never quotes the schema
   */
  static @Nullable ResponseFormat read(
      LlmConfiguration owner, @Nullable AnswerType type, CamelContext context) {
    ResponseFormatType format = owner.getResponseFormat();
    String schema = owner.getJsonSchema();
    if (type != null && format == ResponseFormatType.TEXT) {
      throw new IllegalArgumentException(
          "outputClass contradicts responseFormat=text. Remove one of them.");
    }
    if (schema == null) {
      return type != null && format != ResponseFormatType.JSON
          ? named(type.name(), type.schema())
          : withoutSchema(format);
    }
    if (format != null && format != ResponseFormatType.JSON_SCHEMA) {
      throw new IllegalArgumentException(
          "jsonSchema contradicts responseFormat=%s. Remove one of them."
              .formatted(format.name().toLowerCase(Locale.ROOT)));
    }
    return withSchema(OptionText.read("jsonSchema", schema, context));
  }

  private static @Nullable ResponseFormat withoutSchema(@Nullable ResponseFormatType format) {
    return format == null
        ? null
        : switch (format) {
          case TEXT -> new ResponseFormat.Text();
          case JSON -> new ResponseFormat.Json();
          case JSON_SCHEMA ->
              throw new IllegalArgumentException(
                  "responseFormat=jsonSchema has no schema. Set jsonSchema or outputClass beside it.");
        };
  }

  private static ResponseFormat withSchema(String text) {
    try {
      Map<String, Object> schema = Json.readObject(text);
      return named(schema.get("title") instanceof String title ? title : "", schema);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "jsonSchema is %s: give a schema in RAW(…), or a resource: that holds one."
              .formatted(e.getMessage()));
    }
  }

  /** OpenAI demands a name, of few characters. */
  private static ResponseFormat named(String title, Map<String, Object> schema) {
    String known = title.replaceAll("[^A-Za-z0-9_-]", "");
    String name = known.substring(0, Math.min(known.length(), LONGEST_NAME));
    return new ResponseFormat.JsonSchema(name.isEmpty() ? "answer" : name, schema, null, null);
  }
}
