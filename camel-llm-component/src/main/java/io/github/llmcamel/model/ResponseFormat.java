/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The form of an answer. */
public sealed interface ResponseFormat {

  /** Plain text, which is what providers answer unasked. */
  record Text() implements ResponseFormat {}

  /** Some JSON. Most providers want the prompt to ask for it, too. */
  record Json() implements ResponseFormat {}

  /**
   * JSON of a schema.
   *
   * @param name letters, digits, {@code _} and {@code -}, at most 64 of them
   * @param schema as values of the JDK
   * @param strict whether the provider has to keep to the schema; null leaves it to the provider
   * @param description what the answer is for; null if its name says it all
   * @param extras further members of the format as JSON values of the JDK, in OpenAI's form; only a
   *     provider that speaks OpenAI's protocol is sent them. Empty if there are none
   */
  record JsonSchema(
      String name,
      Map<String, Object> schema,
      @Nullable Boolean strict,
      @Nullable String description,
      Map<String, Object> extras)
      implements ResponseFormat {
    public JsonSchema {
      Objects.requireNonNull(name, "name");
      schema = Collections.unmodifiableMap(new LinkedHashMap<>(schema));
      extras = Extras.copyOf(extras);
    }

    /** A schema, and nothing else of the format. */
    public JsonSchema(
        String name,
        Map<String, Object> schema,
        @Nullable Boolean strict,
        @Nullable String description) {
      this(name, schema, strict, description, Map.of());
    }
  }
}
