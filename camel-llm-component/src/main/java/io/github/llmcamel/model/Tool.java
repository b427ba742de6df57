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

/**
 * Something a model may ask to be done for it. The model only names it in a {@link ToolCall};
 * whoever made the request runs it and sends back a {@link Message.ToolResult}.
 */
public sealed interface Tool {

  /**
   * A function with named parameters.
   *
   * @param name letters, digits, {@code _} and {@code -}; at most 64 of them at most providers
   * @param description what it does and when to call it; null if its name says it all
   * @param parameters the JSON schema of its arguments as values of the JDK; null if it takes none
   * @param strict whether the provider has to keep to the schema; null leaves it to the provider
   * @param extras further members of the definition as JSON values of the JDK, in OpenAI's form;
   *     only a provider that speaks OpenAI's protocol is sent them. Empty if there are none
   */
  record Function(
      String name,
      @Nullable String description,
      @Nullable Map<String, Object> parameters,
      @Nullable Boolean strict,
      Map<String, Object> extras)
      implements Tool {

    public Function {
      Objects.requireNonNull(name, "name");
      parameters =
          parameters == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
      extras = Extras.copyOf(extras);
    }

    /** A function, and nothing else of it. */
    public Function(
        String name,
        @Nullable String description,
        @Nullable Map<String, Object> parameters,
        @Nullable Boolean strict) {
      this(name, description, parameters, strict, Map.of());
    }

    /** A function that the provider may call as it thinks right. */
    public Function(
        String name, @Nullable String description, @Nullable Map<String, Object> parameters) {
      this(name, description, parameters, null);
    }
  }

  /**
   * A tool of a provider's own, such as its web search; sent as it is.
   *
   * @param json the definition as JSON values of the JDK
   */
  record Other(Map<String, Object> json) implements Tool {
    public Other {
      json = Collections.unmodifiableMap(new LinkedHashMap<>(json));
    }
  }
}
